/** `npm run words`: writes `docs/words.md` anew. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { root } from './shippedFiles';
import { wordsPage } from './table';

writeFileSync(path.join(root, 'docs/words.md'), wordsPage());
