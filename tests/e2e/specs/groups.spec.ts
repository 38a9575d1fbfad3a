import { axe } from '../harness/axe';
import { GRAPH } from '../harness/browser';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

test('a search whose first page holds only groups in PIM reads on to the others', async ({ page, tenant }) => {
  await tenant.reset({ groups: 540, groupsInPim: 512 });
  await signIn(page, 'ana', '#/groups');
  await page.getByRole('searchbox').fill('data');
  await expect(page.getByRole('heading', { name: 'In PIM' })).toBeVisible();
  const others = page.getByRole('region', { name: 'Other groups' });
  await expect(others.getByText('none so far', { exact: true })).toBeVisible();
  await axe(page);
  await others.getByRole('button', { name: 'Show more' }).click();
  await expect(others.getByRole('link', { name: 'Sales Data Analysts' })).toBeVisible();
  await expect(others.getByRole('button', { name: 'Show more' })).toHaveCount(0);
});

test('where reading on brings no other group, that is said', async ({ page, tenant }) => {
  await tenant.reset({ groups: 540, groupsInPim: 512 });
  await signIn(page, 'ana', '#/groups');
  await page.route(
    (url) => url.origin === GRAPH && url.href.includes('search=') && url.href.includes('skiptoken'),
    (route) => route.fulfill({ contentType: 'application/json', headers: { 'access-control-allow-origin': '*' }, body: '{"value":[]}' }),
  );
  await page.getByRole('searchbox').fill('data');
  const others = page.getByRole('region', { name: 'Other groups' });
  const more = others.getByRole('button', { name: 'Show more' });
  await expect(others.getByText('none so far', { exact: true })).toBeVisible();
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(more).toHaveCount(0);
  await expect(others.getByText('none', { exact: true })).toBeVisible();
  await expect(page.locator('main :focus')).toBeVisible();
  // Another search starts with its own results.
  await page.getByRole('searchbox').fill('borealis');
  await expect(page.getByRole('link', { name: 'Project Borealis' })).toBeVisible();
  await expect(page.getByText('none', { exact: true })).toHaveCount(0);
});

test('a Microsoft 365 group is found', async ({ page }) => {
  await signIn(page, 'ana', '#/groups');
  await page.getByRole('searchbox').fill('borealis');
  await expect(page.getByRole('link', { name: 'Project Borealis' })).toBeVisible();
});
