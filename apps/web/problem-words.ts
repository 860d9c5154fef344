/** Brings the words of every module's refusals and fields to the floor, so that any screen tells any refusal. */
import { registerProblems } from '#platform/web/problems.ts'
import * as measurement from '../../modules/measurement/words.ts'
import * as organisation from '../../modules/organisation/words.ts'

registerProblems(organisation.problems, organisation.fields)
registerProblems(measurement.problems, measurement.fields)
