import { expect, test } from '@playwright/test'

test('an applicant chooses an item, puts the shop by coordinates, answers, and sees the verdict', async ({ page }) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto('/')
  await page.getByLabel('互联网上网服务营业场所').check()
  await page.getByLabel('哪一种情形？').selectOption({ label: '网吧' })
  await page.getByRole('button', { name: '下一步' }).click()

  // No datum, no guess.
  await page.locator('input[name=lon]').fill('116.3182')
  await page.locator('input[name=lat]').fill('40.0005')
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByRole('alert')).toContainText('坐标从哪里来')
  await page.locator('select[name=datum]').selectOption('WGS84')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '开始检查' }).click()

  const verdict = page.getByTestId('verdict')
  await expect(verdict).toContainText('待补充')
  const first = await page.locator('.question h2').textContent()
  await page.getByRole('button', { name: '我不知道' }).click()
  await expect(page.locator('.question h2')).not.toHaveText(first ?? '')
  await expect(page.getByTestId('distance').first()).toContainText('米')
  await expect(page.locator('.canvas canvas').first()).toBeVisible()

  // What was said is still there after a reload.
  await page.reload()
  await expect(verdict).toContainText('待补充')
  await page.screenshot({ path: 'test-results/verdict.png', fullPage: true })

  await page.getByRole('button', { name: 'English' }).click()
  await expect(verdict).toContainText('More to find out')
  expect(errors).toEqual([])
})

test('a tap on the map next to a school ends in a wrong site, with the distance drawn', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('互联网上网服务营业场所').check()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.locator('input[name=lon]').fill('116.3211281')
  await page.locator('input[name=lat]').fill('39.9946176')
  await page.locator('select[name=datum]').selectOption('CGCS2000')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '上一步' }).click()
  const canvas = page.locator('.canvas')
  await expect(canvas.locator('canvas').first()).toBeVisible()
  await page.waitForLoadState('networkidle')
  const box = await canvas.boundingBox()
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2 + 40, (box?.y ?? 0) + (box?.height ?? 0) / 2)
  await expect(page.locator('input[name=lon]')).not.toHaveValue('116.3211281')
  await page.screenshot({ path: 'test-results/place.png', fullPage: true })
  await page.locator('input[name=lon]').fill('116.3211281')
  await page.locator('input[name=lat]').fill('39.9946176')
  await page.locator('select[name=datum]').selectOption('WGS84')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '开始检查' }).click()

  await expect(page.getByTestId('verdict')).toContainText('选址不可行')
  await expect(page.getByTestId('distance').filter({ hasText: '中关村中学分校' })).toContainText('145.49 米')
  await expect(page.locator('.question')).toHaveCount(0)
  await page.screenshot({ path: 'test-results/wrong-site.png', fullPage: true })
})

test('a broken room is named, nothing that hangs on it is asked, and the editor opens on it', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('互联网上网服务营业场所').check()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.locator('input[name=lon]').fill('116.3182')
  await page.locator('input[name=lat]').fill('40.0005')
  await page.locator('select[name=datum]').selectOption('GCJ02')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.locator('input[name=plan]').setInputFiles({
    name: 'plan.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({
      format: 'kanqian-plan/1',
      storeys: [{ id: 'F1', name: '一层', floor: 1 }],
      rooms: [{ id: 'a', type: 'computer_hall', name: '大厅', storey: 'F1', polygon: [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]] }],
    })),
  })
  await page.getByRole('button', { name: '开始检查' }).click()
  await expect(page.getByTestId('verdict')).toContainText('待补充')
  await expect(page.getByTestId('plan-faults')).toContainText('“大厅”的轮廓自相交')
  await expect(page.locator('.question')).not.toContainText('平面图有错')
  await page.screenshot({ path: 'test-results/plan-faults.png' })
  await page.getByTestId('plan-faults').getByRole('button').click()
  await expect(page.getByTestId('plan-fault').first()).toContainText('自相交')
})

test('two items are checked together, one question after another, until nothing is left to ask', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('餐饮服务经营').check()
  await page.getByLabel('烟草专卖零售').check()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.locator('input[name=lon]').fill('116.3245699')
  await page.locator('input[name=lat]').fill('39.998366')
  await page.locator('select[name=datum]').selectOption('WGS84')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.locator('input[name=plan]').setInputFiles('../../samples/plans/restaurant-ok.json')
  await page.getByRole('button', { name: '开始检查' }).click()
  const card = page.locator('.question')
  await expect(card).toBeVisible()

  let asked = 0
  while ((await card.count()) > 0 && asked < 80) {
    await expect(page.locator('main')).toHaveAttribute('aria-busy', 'false')
    const question = await card.getAttribute('data-question')
    if (await card.locator('input[name=answer]').count()) {
      // Far enough for a distance; a count refuses it and says what it takes.
      await card.locator('input[name=answer]').fill('60')
      await card.getByRole('button', { name: '回答', exact: true }).click()
      if (await card.getByRole('alert').count()) {
        await expect(card.getByRole('alert')).toContainText('之间')
        await card.locator('input[name=answer]').fill('3')
        await card.getByRole('button', { name: '回答', exact: true }).click()
      }
    } else if (await card.locator('.choice').count()) {
      await card.locator('.choice').first().click()
    } else {
      await card.getByRole('button', { name: '否', exact: true }).click()
    }
    await expect(page.locator(`[data-question="${question}"]`)).toHaveCount(0)
    await expect(page.locator('main')).toHaveAttribute('aria-busy', 'false')
    await expect(page.getByRole('alert')).toHaveCount(0)
    asked++
  }

  expect(asked).toBeGreaterThan(10)
  await expect(card).toHaveCount(0)
  await expect(page.getByTestId('verdict')).not.toContainText('待补充')
  await page.screenshot({ path: 'test-results/joint.png', fullPage: true })
})

test('the map shows where in the district the item may go', async ({ page }) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto('/')
  await page.getByLabel('互联网上网服务营业场所').check()
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.locator('.canvas canvas').first()).toBeVisible()
  await page.locator('.area select').selectOption({ index: 1 })
  await page.getByRole('button', { name: '哪里可以开？' }).click()
  const eligible = page.getByTestId('eligible')
  await expect(eligible).toContainText('不能开', { timeout: 30_000 })
  await expect(eligible).toContainText('%')
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: 'test-results/eligible.png', fullPage: true })
  expect(errors).toEqual([])
})
