import './pages.css'
import { useVoiceSettings } from '../../api/voices.ts'
import { VoiceForm } from '../../features/voicing/voice-form.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { useUnitChoice } from '../unit-choice.tsx'

/** Which voice the unit's texts are read out with, and how. */
export const AdminVoicesPage = () => {
  const { unit, choice } = useUnitChoice()
  const settings = useVoiceSettings(unit, { watched: true })
  return (
    <div className="stack">
      {choice}
      <Loading query={settings} lines={5}>
        {settings.data && (
          <VoiceForm key={`${unit} ${JSON.stringify(settings.data.from)}`} unit={unit} seen={settings.data} />
        )}
      </Loading>
    </div>
  )
}
