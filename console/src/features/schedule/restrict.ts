import type { Modifier } from '@dnd-kit/core'

/** An item is carried up and down, never sideways. */
export const restrict: Modifier[] = [({ transform }) => ({ ...transform, x: 0 })]
