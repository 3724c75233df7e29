/** `npm run words`: writes `words.md` anew. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { wordsPage } from './table';

writeFileSync(path.join(__dirname, 'words.md'), wordsPage());
