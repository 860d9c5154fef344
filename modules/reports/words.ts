/** Every sentence of `reports` a person reads. */
import type { ProblemWords, Words } from '#platform/web/words.ts'
import type { reportRefusals } from './contract.ts'
import { editorWords } from './words/editor.ts'
import { tileWords } from './words/tiles.ts'

export const words = {
  title: { zh: '看板', en: 'Dashboards' },
  all: { zh: '全部看板', en: 'All dashboards' },
  lead: {
    zh: '看板给坐在桌前的人看，大屏挂在大厅里轮播。自己做的先只有自己看得到，共享后别人才能看到。',
    en: 'Dashboards are for a desk, walls turn their pages in a hall. What you make is yours alone until you share it.',
  },
  defaultsTitle: { zh: '各角色默认看板', en: 'Where each role begins' },
  defaultsLead: {
    zh: '打开“看板”时先看到哪一个。个人可以另选，不受影响。只能指定这个角色看得到的看板。',
    en: 'What people see first under “Dashboards”. Their own choice comes before it. Only what the role may see can be named.',
  },
  noDefault: { zh: '未指定', en: 'None' },
  defaultSet: { zh: '已更新默认看板', en: 'Default set' },
  switch: { zh: '切换看板', en: 'Choose a dashboard' },
  kinds: { desk: { zh: '看板', en: 'Dashboard' }, wall: { zh: '大屏', en: 'Wall screen' } },
  column: {
    title: { zh: '名称', en: 'Title' },
    kind: { zh: '类型', en: 'Kind' },
    owner: { zh: '制作人', en: 'Owner' },
    sharing: { zh: '谁能看到', en: 'Seen by' },
    defaultFor: { zh: '默认给', en: 'Begins for' },
    saved: { zh: '最近保存', en: 'Last saved' },
    tiles: { zh: '图块', en: 'Tiles' },
  },
  sharing: {
    nobody: { zh: '仅自己', en: 'Only me' },
    private: { zh: '仅制作人', en: 'Only the owner' },
    everyone: { zh: '所有人', en: 'Everybody' },
    roles: { zh: '指定角色', en: 'Some roles' },
    title: { zh: '共享“{title}”', en: 'Share “{title}”' },
    lead: {
      zh: '别人只能看，不能改；想改可以复制一份。图块里的数据按各人自己的权限显示。',
      en: 'Others may look, not change; they may copy it. Each reader sees the data their own rights allow.',
    },
    choose: { zh: '选择角色', en: 'Choose roles' },
    done: { zh: '已更新共享范围', en: 'Sharing changed' },
  },
  deed: {
    add: { zh: '新建', en: 'New' },
    edit: { zh: '编辑', en: 'Edit' },
    share: { zh: '共享', en: 'Share' },
    copy: { zh: '复制一份', en: 'Make a copy' },
    copied: { zh: '已复制，现在可以修改', en: 'Copied: change it as you like' },
    copyTitle: { zh: '{title} 副本', en: 'Copy of {title}' },
    versions: { zh: '历史版本', en: 'Earlier versions' },
    remove: { zh: '删除', en: 'Delete' },
    removeAsk: { zh: '删除“{title}”？', en: 'Delete “{title}”?' },
    removeLost: {
      zh: '看得到它的人都不再看到。删除后可以马上撤销。',
      en: 'Nobody who sees it now will see it any more. You can undo this right after.',
    },
    removed: { zh: '已删除“{title}”', en: 'Deleted “{title}”' },
    undo: { zh: '撤销删除', en: 'Undo' },
    recovered: { zh: '已恢复', en: 'It is back' },
    makeHome: { zh: '设为我的默认', en: 'Begin with this one' },
    homeSet: { zh: '以后打开“看板”先看到它', en: 'From now on you begin here' },
    openWall: { zh: '打开大屏', en: 'Open the wall' },
    more: { zh: '更多', en: 'More' },
  },
  versions: {
    lead: { zh: '每次保存都留下一个版本，随时可以恢复。', en: 'Every save is kept and can be brought back.' },
    line: { zh: '第 {version} 版', en: 'Version {version}' },
    current: { zh: '当前', en: 'current' },
    from: { zh: '恢复自第 {version} 版', en: 'brought back from version {version}' },
    tiles: { zh: '{count} 个图块', en: '{count} {count|tile|tiles}' },
    restore: { zh: '恢复这一版', en: 'Bring it back' },
    restored: { zh: '已恢复为最新版本', en: 'It is the newest version now' },
  },
  home: {
    none: { zh: '还没有看板', en: 'No dashboard yet' },
    noneWhy: {
      zh: '看板把你常看的指标、预警和计划放在一页上。可以从模板开始，几秒钟就有一个能用的。',
      en: 'A dashboard keeps the figures, alerts and plans you look at often on one page. Begin with a template: it takes seconds.',
    },
    noneAsk: {
      zh: '还没有为你的角色指定看板，也没有人共享给你。可以请改善办公室指定一个。',
      en: 'None is named for your role and none is shared with you. Ask the improvement office for one.',
    },
    role: { zh: '这是你的角色的默认看板', en: 'This is where your role begins' },
  },
  begin: {
    title: { zh: '从模板开始', en: 'Begin with a template' },
    blank: { zh: '空白看板', en: 'Empty dashboard' },
    blankWall: { zh: '空白大屏', en: 'Empty wall screen' },
    use: { zh: '用这个模板', en: 'Use it' },
  },
  template: {
    office: {
      title: { zh: '改善办公室工作台', en: 'Improvement office' },
      why: {
        zh: '关键指标、差异最大的单位、预警、计划与评分',
        en: 'Key figures, units that differ, alerts, plans, scores',
      },
    },
    head: {
      title: { zh: '部门负责人看板', en: 'Department head' },
      why: { zh: '本部门指标走势、预警和计划', en: 'How the figures go, alerts and plans' },
    },
    steering: {
      title: { zh: '领导小组看板', en: 'Steering group' },
      why: { zh: '评分排名、计划与验证结论、达标情况', en: 'Ranking, plans and verdicts, targets' },
    },
    staff: {
      title: { zh: '一线员工看板', en: 'Staff' },
      why: { zh: '今天最该看的两个指标和预警', en: 'The two figures that matter, and alerts' },
    },
    regulator: {
      title: { zh: '主管部门看板', en: 'Regulator' },
      why: { zh: '各单位对比、漏斗图和评分', en: 'Units side by side, funnel plot and scores' },
    },
    wall: {
      title: { zh: '服务大厅大屏', en: 'Hall wall' },
      why: { zh: '三页轮播：指标、排名、计划', en: 'Three pages in turn: figures, ranking, plans' },
      pages: {
        figures: { zh: '服务指标', en: 'Service figures' },
        ranking: { zh: '评价与对比', en: 'Ranking' },
        plans: { zh: '改进进展', en: 'Improvement' },
      },
    },
  },
  wall: {
    offline: { zh: '{time} 起离线，正在重试', en: 'Offline since {time}, trying again' },
    paused: { zh: '已暂停轮播', en: 'Paused' },
    pageOf: { zh: '第 {page} 页，共 {count} 页', en: 'Page {page} of {count}' },
    next: { zh: '下一页', en: 'Next page' },
    before: { zh: '上一页', en: 'Page before' },
    pause: { zh: '暂停轮播', en: 'Pause' },
    play: { zh: '继续轮播', en: 'Go on' },
    full: { zh: '全屏', en: 'Full screen' },
    leave: { zh: '返回', en: 'Back' },
    deskOnly: { zh: '这是桌面看板，请在看板页面打开', en: 'This is a dashboard for the desk' },
    empty: { zh: '这一页还没有内容', en: 'Nothing on this page yet' },
  },
  tile: tileWords,
  editor: editorWords,
} satisfies Words

export const problems = {
  CHANGED_MEANWHILE: {
    zh: '{by} 在此期间保存过这个看板。请合并两边的修改，或载入最新版本。',
    en: '{by} saved this dashboard meanwhile. Merge both, or load the newest version.',
  },
  LAYOUT_INVALID: { zh: '图块摆放有冲突，请调整后再保存。', en: 'The tiles do not fit as they are placed.' },
  NOT_YOURS: {
    zh: '只有制作人可以修改。你可以复制一份再改。',
    en: 'Only its owner may change this. Make a copy and change that.',
  },
  NOT_SHARED_WITH_ROLE: {
    zh: '这个角色看不到它。请先共享给该角色，或先为该角色换一个默认看板。',
    en: 'People of this role could not see it. Share it with them first, or give them another to begin with.',
  },
  NO_DESK: {
    zh: '大屏不能作为默认看板，请选择一个桌面看板。',
    en: 'A wall screen cannot be what people begin with. Choose a dashboard.',
  },
} satisfies ProblemWords<typeof reportRefusals>

/** What is wrong with a layout, by rule. */
export const rules = {
  'tile-outside': { zh: '图块超出了页面边缘', en: 'the tile reaches over the edge' },
  'tiles-overlap': { zh: '图块互相重叠', en: 'the tile covers another' },
  'tile-id-twice': { zh: '图块编号重复', en: 'two tiles have the same id' },
  'one-page': { zh: '桌面看板只有一页', en: 'a dashboard for the desk has one page' },
} satisfies Words

export const fields = {
  pages: { zh: '页面', en: 'Page' },
  tiles: { zh: '图块', en: 'Tile' },
  secondsPerPage: { zh: '每页停留', en: 'Seconds for each page' },
  draft: { zh: '看板', en: 'Dashboard' },
  sharing: { zh: '共享范围', en: 'Sharing' },
  periods: { zh: '显示多少期', en: 'Periods shown' },
} satisfies Words
