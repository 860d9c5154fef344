/** The roles as people call them. */
import type { RoleName } from '#organisation/contract'
import type { Sentence } from '../words.ts'

export const roleWords: Readonly<Record<RoleName, Sentence>> = {
  'steering-group': { zh: '领导小组', en: 'Steering group' },
  'improvement-office': { zh: '改善办公室', en: 'Improvement office' },
  'department-head': { zh: '部门负责人', en: 'Department head' },
  staff: { zh: '一线员工', en: 'Staff' },
  'experience-officer': { zh: '体验官', en: 'Experience officer' },
  'public-supervisor': { zh: '社会监督员', en: 'Public supervisor' },
  assessor: { zh: '评估专家', en: 'Assessor' },
  regulator: { zh: '主管部门', en: 'Regulator' },
  customer: { zh: '服务对象', en: 'Customer' },
  administrator: { zh: '系统管理员', en: 'Administrator' },
  'security-officer': { zh: '安全管理员', en: 'Security officer' },
  auditor: { zh: '审计员', en: 'Auditor' },
}
