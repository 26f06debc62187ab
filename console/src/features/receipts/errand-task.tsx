import { Link } from '@tanstack/react-router'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'

/** Villages to be visited, as one line among what waits for a person. */
export const ErrandTask = ({ open, mine }: { open: number; mine: number }) => {
  const words = useWords().hearing.errands
  return (
    <li>
      <span className="task-icon">
        <Icon name="horn" />
      </span>
      <div>
        <b>{words.task(open + mine)}</b>
        <p>
          {open > 0 && words.taskWords} {mine > 0 && words.taskMine(mine)}
        </p>
      </div>
      <Link to="/phan-hoi-nghe" className="b line">
        {words.taskAct}
      </Link>
    </li>
  )
}
