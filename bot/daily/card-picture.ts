import { pageCard } from '../../src/picture/page-card.ts';
import { pngOf } from '../../src/picture/png.ts';
import type { PostCard } from '../../src/store/posts.ts';
import { fitText } from '../core/fit-text.ts';
import type { Picture } from '../core/reply.ts';

const longestAlt = 1_024;

/** A post's text as a picture of an old page; who cannot see it is read all that it says. */
export async function pictureOf(card: PostCard): Promise<Picture> {
  const { title, date, text, source } = card;
  const heading = [title, date].filter((each) => each !== '').join(', ');
  const spoken = text.replace(/[[\]]/g, '');
  return {
    png: await pngOf(pageCard(card)),
    alt: fitText(`${heading}: ${spoken} (${source})`, longestAlt),
  };
}
