/** The whole API: one contract for server, web, tests and the OpenAPI document. */
import { alertsContract } from '#alerts/contract'
import { evaluationContract } from '#evaluation/contract'
import { measurementContract } from '#measurement/contract'
import { noticesContract } from '#notices/contract'
import { organisationContract } from '#organisation/contract'
import { plansContract } from '#plans/contract'
import { reportsContract } from '#reports/contract'
import { verificationContract } from '#verification/contract'

export const apiContract = {
  organisation: organisationContract,
  notices: noticesContract,
  measurement: measurementContract,
  evaluation: evaluationContract,
  alerts: alertsContract,
  plans: plansContract,
  verification: verificationContract,
  reports: reportsContract,
}
