/** Where definitions come from. Only what exists; a clause only where it is certain; otherwise it says common practice. */
import type { Bilingual } from '#platform/contract'

export const sources = {
  practice: { zh: '行业惯例', en: 'Common practice' },
  'iso-10001': {
    zh: 'ISO 10001:2018（GB/T 19010）组织行为规范指南',
    en: 'ISO 10001:2018 (GB/T 19010), codes of conduct',
  },
  'iso-10002-acknowledge': {
    zh: 'ISO 10002:2018 / GB/T 19012-2019 组织投诉处理指南 7.4 受理告知',
    en: 'ISO 10002:2018 / GB/T 19012-2019, complaints handling, 7.4 Acknowledgement of complaint',
  },
  'iso-10002-response': {
    zh: 'ISO 10002:2018 / GB/T 19012-2019 组织投诉处理指南 7.7 投诉响应',
    en: 'ISO 10002:2018 / GB/T 19012-2019, complaints handling, 7.7 Response to complaints',
  },
  'iso-10002-analysis': {
    zh: 'ISO 10002:2018 / GB/T 19012-2019 组织投诉处理指南 8.2 投诉的分析和评价',
    en: 'ISO 10002:2018 / GB/T 19012-2019, complaints handling, 8.2 Analysis and evaluation of complaints',
  },
  'iso-10002-satisfaction': {
    zh: 'ISO 10002:2018 / GB/T 19012-2019 组织投诉处理指南 8.3 投诉处理过程满意程度的评价',
    en: 'ISO 10002:2018 / GB/T 19012-2019, complaints handling, 8.3 Evaluation of the satisfaction with the process',
  },
  'iso-10002': {
    zh: 'ISO 10002:2018 / GB/T 19012-2019 组织投诉处理指南',
    en: 'ISO 10002:2018 / GB/T 19012-2019, complaints handling',
  },
  'iso-10003': {
    zh: 'ISO 10003:2018（GB/T 19013）组织外部争议解决指南',
    en: 'ISO 10003:2018 (GB/T 19013), dispute resolution external to organizations',
  },
  'iso-10004': {
    zh: 'ISO 10004:2018 顾客满意监视和测量指南；GB/T 19038-2009 顾客满意测评模型和方法指南',
    en: 'ISO 10004:2018, monitoring and measuring customer satisfaction; GB/T 19038-2009',
  },
  'gbt-19039': {
    zh: 'GB/T 19039-2009 顾客满意测评通则；ISO 10004:2018',
    en: 'GB/T 19039-2009, general rules of customer satisfaction measurement; ISO 10004:2018',
  },
  'iso-9001-audit': {
    zh: 'ISO 9001:2015 / GB/T 19001-2016 10.2 不合格和纠正措施',
    en: 'ISO 9001:2015 / GB/T 19001-2016, 10.2 Nonconformity and corrective action',
  },
  'iso-9001-output': {
    zh: 'ISO 9001:2015 / GB/T 19001-2016 8.7 不合格输出的控制',
    en: 'ISO 9001:2015 / GB/T 19001-2016, 8.7 Control of nonconforming outputs',
  },
  'iso-9001-competence': {
    zh: 'ISO 9001:2015 / GB/T 19001-2016 7.2 能力；ISO 10015:2019',
    en: 'ISO 9001:2015 / GB/T 19001-2016, 7.2 Competence; ISO 10015:2019',
  },
  'iso-18295': {
    zh: 'ISO 18295-1:2017 客户联络中心要求；客户中心行业惯例',
    en: 'ISO 18295-1:2017, customer contact centres; common practice of contact centres',
  },
  copc: { zh: 'COPC 客户体验标准的惯例', en: 'Practice after the COPC customer experience standard' },
  reichheld: {
    zh: 'Reichheld (2003) The One Number You Need to Grow，《哈佛商业评论》',
    en: 'Reichheld (2003), The One Number You Need to Grow, Harvard Business Review',
  },
  dixon: {
    zh: 'Dixon、Freeman、Toman (2010) Stop Trying to Delight Your Customers，《哈佛商业评论》',
    en: 'Dixon, Freeman and Toman (2010), Stop Trying to Delight Your Customers, Harvard Business Review',
  },
  seddon: {
    zh: 'Seddon (2003) Freedom from Command and Control，“失误性需求”',
    en: 'Seddon (2003), Freedom from Command and Control: failure demand',
  },
  nhs: {
    zh: '英格兰《NHS 章程》手册：急诊四小时标准',
    en: 'Handbook to the NHS Constitution for England: the four-hour standard',
  },
  'hospital-appraisal': {
    zh: '国办发〔2019〕4号 关于加强三级公立医院绩效考核工作的意见',
    en: 'State Council General Office [2019] No. 4, performance appraisal of tertiary public hospitals',
  },
  'hospital-core': {
    zh: '国卫医发〔2018〕8号 医疗质量安全核心制度要点：危急值报告制度',
    en: 'National Health Commission [2018] No. 8, core systems of medical quality and safety: critical values',
  },
  'who-hands': {
    zh: '世界卫生组织《医疗活动中手卫生指南》(2009)',
    en: 'WHO Guidelines on Hand Hygiene in Health Care (2009)',
  },
  ndnqi: { zh: 'NDNQI 护理质量指标的惯例', en: 'Practice after the NDNQI nursing indicators' },
  'cms-readmission': {
    zh: '美国 CMS 再入院减少计划（30 天口径）',
    en: 'CMS Hospital Readmissions Reduction Program (30 days)',
  },
  'hall-rating': {
    zh: '国办发〔2019〕51号 政务服务“好差评”制度；GB/T 39735-2020 政务服务评价工作指南',
    en: 'State Council General Office [2019] No. 51, rating of government services; GB/T 39735-2020',
  },
  'hall-operation': {
    zh: 'GB/T 32169 政务服务中心运行规范',
    en: 'GB/T 32169, operation of government service centres',
  },
  'hall-online': {
    zh: 'GB/T 32168-2015 政务服务中心网上服务规范',
    en: 'GB/T 32168-2015, online services of government service centres',
  },
  'hotline-opinion': {
    zh: '国办发〔2020〕53号 关于进一步优化地方政务服务便民热线的指导意见；GB/T 33358-2016 政府热线服务规范',
    en: 'State Council General Office [2020] No. 53, 12345 hotlines; GB/T 33358-2016',
  },
  'hotline-three-rates': {
    zh: '12345 热线“三率”（响应率、解决率、满意率）考核惯例',
    en: 'Practice of 12345 hotlines: the three rates (response, resolution, satisfaction)',
  },
  'bank-complaints': {
    zh: '《银行业保险业消费投诉处理管理办法》（银保监会令2020年第3号）',
    en: 'Measures for complaints handling in banking and insurance (CBIRC Order 2020 No. 3)',
  },
  'bank-branches': {
    zh: 'GB/T 32320-2015 银行营业网点服务基本要求；GB/T 32318-2015 评价准则',
    en: 'GB/T 32320-2015, bank branch services; GB/T 32318-2015, their evaluation',
  },
  'lift-rules': { zh: 'TSG T5002-2017 电梯维护保养规则', en: 'TSG T5002-2017, rules for lift maintenance' },
  'property-service': {
    zh: 'GB/T 20647.9-2006 社区服务指南 第9部分：物业服务；《物业管理条例》',
    en: 'GB/T 20647.9-2006, community services, part 9: property services; Property Management Regulations',
  },
  'consumer-law': {
    zh: '《消费者权益保护法》第二十五条',
    en: 'Law on the Protection of Consumer Rights and Interests (China), article 25',
  },
  express: {
    zh: 'GB/T 27917 快递服务；电商行业惯例',
    en: 'GB/T 27917, express services; common practice of e-commerce',
  },
} satisfies Readonly<Record<string, Bilingual>>

export type SourceId = keyof typeof sources
export const sourceTold = (id: SourceId): string =>
  id === 'practice' ? '行业惯例 / common practice' : `${sources[id].zh} / ${sources[id].en}`
