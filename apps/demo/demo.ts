/** `demo`: a made-up city with two years behind it, ready to be looked around in. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openInstallation, serveHttp } from '../installation.ts'
import { openLog, readSettings, surroundings } from '../settings.ts'
import { say, serve } from '../start.ts'
import { storyClock } from './clock.ts'
import { loadDemo } from './load.ts'
import { DEMO_PASSWORD, people } from './places.ts'

const PROJECT = join(import.meta.dirname, '..', '..')
/** Marks a directory as the demo's own: only such a one is ever emptied. */
const BEGUN = 'demo-begun'
const COMPLETE = 'demo-complete'

const roleNames: Readonly<Record<string, string>> = {
  'improvement-office': '改善办公室',
  'steering-group': '领导小组',
  'department-head': '部门负责人',
  staff: '一线员工',
  'experience-officer': '体验官',
  'public-supervisor': '社会监督员',
  assessor: '评估专家',
  regulator: '主管部门',
  customer: '服务对象',
  administrator: '系统管理员',
  'security-officer': '安全管理员',
  auditor: '审计员',
}

function greeting(address: string): string {
  const width = Math.max(...people.map((person) => person.email.length))
  const signIns = people.map((person) => `    ${person.email.padEnd(width)}  ${roleNames[person.role]} ${person.role}`)
  return [
    '',
    `闭环 Bihuan demo: ${address}`,
    '',
    `  登录 sign in with any of these, password ${DEMO_PASSWORD}:`,
    ...signIns,
    '',
    '  停止 stop: Ctrl-C    重新生成 begin anew: delete the directory .demo',
    '',
  ].join('\n')
}

export async function demo(): Promise<number> {
  const settings = readSettings(process.env, { dataDirectory: join(PROJECT, '.demo') })
  const { dataDirectory } = settings
  if (existsSync(join(dataDirectory, BEGUN)) && !existsSync(join(dataDirectory, COMPLETE))) {
    say('· 上次未完成，重新生成 the last loading was cut off: beginning anew')
    await rm(dataDirectory, { recursive: true, force: true })
  } else if (existsSync(dataDirectory) && !existsSync(join(dataDirectory, BEGUN))) {
    say(`${dataDirectory} holds an installation that is not a demo. Set BIHUAN_DATA to another directory for the demo.`)
    return 1
  }
  mkdirSync(dataDirectory, { recursive: true })
  writeFileSync(join(dataDirectory, BEGUN), '')
  const clock = storyClock(surroundings)
  const began = performance.now()
  const progress = (line: string) => say(`· ${((performance.now() - began) / 1000).toFixed(0).padStart(3)} s  ${line}`)
  const installation = await openInstallation({
    dataDirectory,
    recordsUrl: settings.recordsUrl,
    measurementsUrl: settings.measurementsUrl,
    watchFolder: settings.watchFolder,
    pullPrivate: settings.pullPrivate,
    log: openLog(settings.logLevel),
    surroundings: clock,
    progress: (step) => progress(step === 'migrations' ? '更新库结构 migrations' : `启动 starting ${step}`),
  })
  if (!existsSync(join(dataDirectory, COMPLETE))) {
    const server = await serveHttp(installation, { host: '127.0.0.1', port: 0, webDirectory: null })
    try {
      await loadDemo({ installation, address: server.address, clock, progress })
    } catch (error) {
      await server.close()
      await installation.close()
      throw error
    }
    await server.close()
    writeFileSync(join(dataDirectory, COMPLETE), '')
  }
  clock.letGo()
  return serve(installation, settings, greeting)
}
