import './editorial.css'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Task } from '../../api/types.ts'
import { nameOf } from '../../api/who.ts'
import { timeOf } from '../../i18n/format.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'

const icons: Record<Task['kind'], IconName> = { approve: 'stamp', returned: 'back', check: 'ear', unsent: 'pen' }

/** What others wait for comes before what only waits for oneself. */
const urgency: Record<Task['kind'], number> = { approve: 0, check: 1, returned: 2, unsent: 3 }
const inOrder = (tasks: readonly Task[]): Task[] => [...tasks].sort((a, b) => urgency[a.kind] - urgency[b.kind])

const lineOf = (task: Task, w: Words): string => {
  const by = nameOf(task.by)
  switch (task.kind) {
    case 'approve':
      return w.today.task.approve(by, timeOf(task.at))
    case 'returned':
      return w.today.task.returned(by, task.reason ?? '')
    case 'check':
      return w.today.task.check(by)
    case 'unsent':
      return w.today.task.unsent(timeOf(task.at))
  }
}

type Props = {
  tasks: readonly Task[]
  mayWrite: boolean
  /** What waits besides notices, as items of the list; it comes first. */
  first?: ReactNode
}

/** What waits for this person, each with the one press that leads to it. */
export const Tasks = ({ tasks, mayWrite, first }: Props) => {
  const w = useWords()
  return (
    <section className="card" aria-labelledby="tasks-title">
      <h2 id="tasks-title">{w.today.tasks}</h2>
      {tasks.length === 0 && !first && (
        <div className="empty">
          <p>{w.today.noTasks}</p>
          {mayWrite && (
            <Link to="/soan" className="b line">
              <Icon name="pen" />
              {w.today.writeFirst}
            </Link>
          )}
        </div>
      )}
      <ul className="tasks">
        {first}
        {inOrder(tasks).map((task) => (
          <li key={`${task.kind} ${task.notice.id}`}>
            <span className="task-icon">
              <Icon name={icons[task.kind]} />
            </span>
            <div>
              <b>{task.notice.title || w.today.untitled}</b>
              <p>{lineOf(task, w)}</p>
            </div>
            <Link
              to={task.kind === 'approve' || task.kind === 'check' ? '/duyet' : '/soan'}
              search={{ tin: task.notice.id }}
              className="b line"
            >
              {w.today.act[task.kind]}
              <span className="vh">: {task.notice.title || w.today.untitled}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
