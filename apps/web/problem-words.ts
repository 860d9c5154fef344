/** Brings the words of every module's refusals and fields to the floor, so that any screen tells any refusal. */
import { registerProblems } from '#platform/web/problems.ts'
import * as alerts from '../../modules/alerts/words.ts'
import * as evaluation from '../../modules/evaluation/words.ts'
import * as measurement from '../../modules/measurement/words.ts'
import * as notices from '../../modules/notices/words.ts'
import * as organisation from '../../modules/organisation/words.ts'
import * as plans from '../../modules/plans/words.ts'
import * as reports from '../../modules/reports/words.ts'
import * as verification from '../../modules/verification/words.ts'

registerProblems(organisation.problems, { ...organisation.fields, ...organisation.permissionWords })
registerProblems({ ...measurement.problems, ...measurement.rules }, measurement.fields)
registerProblems(notices.problems, notices.fields)
registerProblems(evaluation.problems, evaluation.fields)
registerProblems(alerts.problems, alerts.fields)
registerProblems({ ...plans.problems, ...plans.rules }, plans.fields)
registerProblems(verification.problems, verification.fields)
registerProblems({ ...reports.problems, ...reports.rules }, reports.fields)
