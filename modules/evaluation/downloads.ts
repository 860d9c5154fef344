/** The routes of `evaluation` that answer with files: signed scores, evidence, signs of stars. */
import type { Attachments } from '#platform/attachments/attachments'
import type { Files } from '#platform/files/files'
import type { DownloadRoute } from '#platform/module'
import { ATTACHMENT_TYPES } from '#platform/attachments/detect-type'
import { openAttachment } from './actions/publishing/appeals.ts'
import { openLeagueFile, openPublicationFile, openSign } from './actions/publishing/leagues.ts'

/** How long caches may keep what is public: a correction shows after this time at the latest. */
const PUBLIC_SECONDS = 300

export const evaluationDownloads = ({
  files,
  attachments,
}: {
  readonly files: Files
  readonly attachments: Attachments
}): readonly DownloadRoute[] => [
  {
    path: '/score-publications/{id}/file',
    may: 'evaluation.read',
    summary: 'The signed file of a publication: everything needed to calculate every score again',
    produces: ['application/json'],
    query: {},
    action: (context, parameters) => openPublicationFile(files, context, parameters),
  },
  {
    path: '/score-appeals/{id}/attachments/{attachment}',
    may: 'evaluation.read',
    summary: 'A file attached to an objection, for those who may read the objection',
    produces: Object.values(ATTACHMENT_TYPES).map(({ type }) => type),
    query: {},
    action: (context, { id = '', attachment = '' }) => openAttachment(attachments, context, { id, attachment }),
  },
  {
    path: '/organisations/{organisation}/league-tables/{id}/file',
    may: 'anyone',
    organisation: 'organisation',
    summary: 'The signed file of a published league table of an open scheme',
    produces: ['application/json'],
    query: {},
    cacheSeconds: PUBLIC_SECONDS,
    action: (context, parameters) => openLeagueFile(files, context, parameters),
  },
  {
    path: '/organisations/{organisation}/star-signs/{consequence}/{entity}',
    may: 'anyone',
    organisation: 'organisation',
    summary: 'The sign of stars of a unit by the newest publication, as a picture with a code to check it by',
    produces: ['image/svg+xml'],
    query: { lang: 'zh or en' },
    cacheSeconds: PUBLIC_SECONDS,
    action: openSign,
  },
]
