import { expect, test } from 'vitest'
import { dingtalkSign, feishuSign } from './sign.ts'

// Computed twice, in two languages, from the makers' descriptions; not taken from this code.
test('the published vectors', () => {
  expect(dingtalkSign('SECbihuan-demo', 1_700_000_000_000)).toBe('gnwcMJK5WVJdlZzp+ViH5mQ27fqRahF/Q4y/QYI4N4c=')
  expect(encodeURIComponent(dingtalkSign('SECbihuan-demo', 1_700_000_000_000))).toBe(
    'gnwcMJK5WVJdlZzp%2BViH5mQ27fqRahF%2FQ4y%2FQYI4N4c%3D',
  )
  expect(feishuSign('SECbihuan-demo', 1_700_000_000)).toBe('60Ga3Z2LcZ/h+A05Gvg+YE+U72NhAAOfSLvJ03ufKEk=')
})
