import { expect, test, type Page } from '@playwright/test'

async function toPlace(page: Page) {
  await page.goto('/')
  await page.getByLabel('互联网上网服务营业场所').check()
  await page.getByRole('button', { name: '下一步' }).click()
}

const box = (page: Page) => page.getByRole('combobox', { name: '地址' })

test('an address is found while it is typed, chosen with the keyboard, and checked', async ({ page }) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await toPlace(page)

  await box(page).pressSequentially('海淀区成府路1', { delay: 30 })
  const options = page.getByRole('option')
  await expect(options.first()).toBeVisible()
  await expect(box(page)).toHaveAttribute('aria-expanded', 'true')
  await expect(options.filter({ hasText: '成府路101号' })).toContainText('门牌')
  await expect(options.filter({ hasText: '成府路101号' })).toContainText('误差 6 米以内')
  await page.screenshot({ path: 'test-results/address-list.png' })

  // Down goes through the list, Escape leaves what was typed, Down opens it again.
  await box(page).press('ArrowDown')
  const active = await box(page).getAttribute('aria-activedescendant')
  await expect(page.locator(`#${active}`)).toHaveAttribute('aria-selected', 'true')
  await box(page).press('Escape')
  await expect(options.first()).toBeHidden()
  await expect(box(page)).toHaveValue('海淀区成府路1')
  await box(page).fill('海淀区成府路101号')
  await expect(options.first()).toContainText('北京市海淀区成府路101号')
  await box(page).press('ArrowDown')
  await box(page).press('Enter')

  await expect(box(page)).toHaveValue('北京市海淀区成府路101号')
  await expect(page.locator('input[name=lon]')).toHaveValue('116.318183')
  await expect(page.locator('select[name=datum]')).toHaveValue('CGCS2000')
  await page.screenshot({ path: 'test-results/address-chosen.png', fullPage: true })
  await page.getByRole('button', { name: '下一步' }).click()
  const sent = page.waitForRequest('**/v1/pre-checks')
  await page.getByRole('button', { name: '开始检查' }).click()
  expect((await sent).postDataJSON().site).toEqual({
    address: '北京市海淀区成府路101号',
    coordinates: { lon: 116.318183, lat: 39.9915097, datum: 'CGCS2000', accuracy: 6 },
  })
  await expect(page.getByTestId('verdict')).toBeVisible()
  expect(errors).toEqual([])
})

test('places of one name are a list, a road says how rough it is, and nobody is chosen for the applicant', async ({ page }) => {
  await toPlace(page)
  await box(page).fill('华清嘉园12-8')
  await expect(page.getByRole('option').nth(2)).toBeVisible()
  await expect(page.locator('input[name=lon]')).toHaveValue('')
  await box(page).press('Enter')
  await expect(page.locator('input[name=lon]')).toHaveValue('')

  await box(page).fill('海淀区成府路')
  await page.getByRole('option').filter({ hasText: '路误差' }).first().click()
  await expect(page.getByText('这是一整条路')).toBeVisible()
})

test('a district is completed and typed on, and what is not listed is put on the map', async ({ page }) => {
  await toPlace(page)
  await box(page).fill('成都市武')
  await page.getByRole('option').filter({ hasText: '武侯区' }).first().click()
  await expect(box(page)).toHaveValue('四川省成都市武侯区')
  await expect(page.locator('input[name=lon]')).toHaveValue('')

  await box(page).fill('甲乙丙丁戊己庚')
  await expect(page.getByText('没有找到这个地址')).toBeVisible()
  const canvas = page.locator('.canvas')
  await expect(canvas.locator('canvas').first()).toBeVisible()
  await page.waitForLoadState('networkidle')
  await canvas.click()
  await expect(page.locator('input[name=lon]')).not.toHaveValue('')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '开始检查' }).click()
  await expect(page.getByTestId('verdict')).toBeVisible()
})

test('a floor in the address is filled in and said, and one typed is kept', async ({ page }) => {
  await toPlace(page)
  await box(page).fill('海淀区成府路101号3层')
  await expect(page.locator('input[name=floor]')).toHaveValue('3')
  await expect(page.getByText('地址里写着 3层')).toBeVisible()
  await page.locator('input[name=floor]').fill('1')
  await box(page).fill('海淀区成府路101号4层')
  await expect(page.getByRole('option').first()).toBeVisible()
  await expect(page.locator('input[name=floor]')).toHaveValue('1')
})

test('an address and a point that disagree are said at the field, and can be put right', async ({ page }) => {
  await toPlace(page)
  await box(page).fill('成都市武侯区武侯祠大街231号')
  await page.locator('input[name=lon]').fill('116.3182')
  await page.locator('input[name=lat]').fill('40.0005')
  await page.locator('select[name=datum]').selectOption('WGS84')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '开始检查' }).click()

  await expect(box(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(page.locator('#address-wrong')).toContainText('武侯区')
  await page.screenshot({ path: 'test-results/address-disagrees.png', fullPage: true })
  await box(page).fill('')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '开始检查' }).click()
  await expect(page.getByTestId('verdict')).toBeVisible()
})

test('where one may open is drawn, hatched, and said in a table', async ({ page }) => {
  await toPlace(page)
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: '哪里可以开？' }).click()
  const eligible = page.getByTestId('eligible')
  await expect(eligible.getByRole('row').nth(3)).toBeVisible({ timeout: 30_000 })
  await expect(eligible).toContainText('为什么不能开')
  await expect(eligible).toContainText('公顷')
  await page.screenshot({ path: 'test-results/eligible-phone.png', fullPage: true })
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.screenshot({ path: 'test-results/eligible-wide.png', fullPage: true })
})
