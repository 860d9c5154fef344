/** Who takes part in the demo world: a hospital group and a network of service halls in an invented city, and its people. */
import type { EntityDraft, RoleName } from '#organisation/contract'

const place = (
  key: string,
  name: string,
  kind: string,
  parentKey: string | null,
  region: string | null = null,
): EntityDraft => ({
  key,
  name,
  kind,
  parentKey,
  region,
  latitudeDegrees: null,
  longitudeDegrees: null,
  attributes: {},
})

const hospitals = [
  ['H1', '清河中心医院', '清河区'],
  ['H2', '云溪医院', '云溪区'],
  ['H3', '滨江妇儿医院', '滨江区'],
] as const
const departments = [
  ['REG', '挂号收费处'],
  ['INT', '内科门诊'],
  ['SUR', '外科门诊'],
  ['PHA', '药房'],
] as const
const halls = [
  ['S1', '清河政务大厅', '清河区'],
  ['S2', '云溪政务大厅', '云溪区'],
  ['S3', '滨江政务大厅', '滨江区'],
  ['S4', '东林便民服务大厅', '东林区'],
  ['S5', '南苑便民服务大厅', '南苑区'],
  ['S6', '西岭便民服务大厅', '西岭区'],
  ['S7', '北原便民服务大厅', '北原区'],
  ['S8', '高新区企业服务大厅', '高新区'],
] as const

export const HALL_KEYS = halls.map(([key]) => key)
export const DEPARTMENT_KEYS = hospitals.flatMap(([hospital]) => departments.map(([code]) => `${hospital}-${code}`))
/** The registration desk of the story: open round the clock, its three windows first apart, then pooled. */
export const DESK_KEY = 'H1-REG'
export const DECLINING_HALL_KEY = 'S5'
export const POSTER_HALL_KEY = 'S3'

export const places: readonly EntityDraft[] = [
  place('CITY', '宁川市公共服务改善体系', '城市', null),
  place('MED', '宁川医疗集团', '集团', 'CITY'),
  place('HALL', '宁川政务服务网络', '集团', 'CITY'),
  ...hospitals.flatMap(([key, name, region]) => [
    place(key, name, '医院', 'MED', region),
    ...departments.map(([code, department]) => place(`${key}-${code}`, `${name}${department}`, '科室', key, region)),
  ]),
  ...halls.map(([key, name, region]) => place(key, name, '大厅', 'HALL', region)),
]

export interface DemoPerson {
  readonly name: string
  readonly email: string
  readonly role: RoleName
  readonly entityKey: string | null
}

/** One person for each role. The password is the same for all and printed at start: this is a demo, bound to this machine. */
export const DEMO_PASSWORD = 'bihuan-demo'
const person = (role: RoleName, name: string, account: string, entityKey: string | null = null): DemoPerson => ({
  role,
  name,
  email: `${account}@demo.example`,
  entityKey,
})
export const people: readonly DemoPerson[] = [
  person('improvement-office', '林晓岚', 'office'),
  person('steering-group', '周建国', 'steering'),
  person('department-head', '陈雨桐', 'head', 'H1-REG'),
  person('staff', '王小满', 'staff', 'H1-REG'),
  person('experience-officer', '赵敏', 'experience'),
  person('public-supervisor', '孙立', 'supervisor'),
  person('assessor', '何清', 'assessor'),
  person('regulator', '马骏', 'regulator'),
  person('customer', '刘洋', 'customer'),
  person('administrator', '吴凡', 'admin'),
  person('security-officer', '郑安', 'security'),
  person('auditor', '钱真', 'auditor'),
]
