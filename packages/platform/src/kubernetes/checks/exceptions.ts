/** Findings that we live with: infra/checks/exceptions.yaml names each with its reason, and nothing that nobody finds. */
import { z } from 'zod'
import type { Finding } from './finding.ts'

const exceptions = z.array(
  z.strictObject({
    /** The rule of the findings. */
    rule: z.string().min(1),
    /** Their objects, as findings name them; `*` stands for any part of a name. */
    objects: z.array(z.string().min(1)).min(1),
    reason: z.string().min(20, 'a reason says why, in a sentence'),
  }),
)

export type Exceptions = z.output<typeof exceptions>

/** Reads the content of the file; throws where an entry has no reason. */
export const parseExceptions = (content: unknown): Exceptions => exceptions.parse(content)

const covers = (pattern: string, object: string): boolean =>
  new RegExp(`^${pattern.split('*').map(RegExp.escape).join('.*')}$`).test(object)

/** Those that no exception covers. */
export const unexcused = (findings: readonly Finding[], list: Exceptions): Finding[] =>
  findings.filter(
    (finding) =>
      !list.some(({ rule, objects }) => rule === finding.rule && objects.some((each) => covers(each, finding.object))),
  )

/** Exceptions of which a pattern covers nothing that was found, of those rules that were tried: they would hide what comes later. */
export const findIdleExceptions = (findings: readonly Finding[], list: Exceptions): Finding[] =>
  list.flatMap(({ rule, objects }) =>
    objects
      .filter((pattern) => !findings.some((finding) => finding.rule === rule && covers(pattern, finding.object)))
      .map((pattern) => ({
        rule: 'exceptions',
        object: `${rule} of ${pattern}`,
        problem: 'nothing of the kind is found any more: take the exception away',
      })),
  )
