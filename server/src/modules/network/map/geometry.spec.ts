import { describe, expect, test } from 'vitest'
import { type MapFault, readGeometry } from './geometry.ts'

const polygon = (...rings: unknown[]) => ({
  type: 'Feature',
  properties: { unit: 'xa-a' },
  geometry: { type: 'Polygon', coordinates: rings },
})
const point = (coordinates: unknown, cluster: unknown = 'cum-1') => ({
  type: 'Feature',
  properties: { cluster },
  geometry: { type: 'Point', coordinates },
})
const file = (...features: unknown[]) => ({ type: 'FeatureCollection', features })
const square = [
  [108.7, 15.2],
  [108.8, 15.2],
  [108.8, 15.3],
  [108.7, 15.3],
  [108.7, 15.2],
]
const bow = [
  [108.7, 15.2],
  [108.8, 15.3],
  [108.8, 15.2],
  [108.7, 15.3],
  [108.7, 15.2],
]
/** A comb whose many long teeth all lie above one another: every edge has to be held against every other. */
const comb = Array.from({ length: 30_000 }, (_, index) => [index % 2 === 0 ? 108.1 : 108.9, 15 + index / 1_000_000])
/** Its way back, around all the teeth. */
const around = [
  [108.95, 15.03],
  [108.95, 14.9],
  [108.05, 14.9],
]

describe('[F4] a map file', () => {
  test('of outlines and points is read, with its holes and parts, and heights are left out', () => {
    const parts = {
      type: 'MultiPolygon',
      coordinates: [[square], [square.map(([lon = 0, lat = 0]) => [lon + 1, lat])]],
    }
    const read = readGeometry(
      file(
        polygon(square),
        { ...polygon(), properties: { unit: 'xa-b' }, geometry: parts },
        point([108.75, 15.25, 12]),
      ),
    )
    expect(read).toMatchObject({
      outlines: [
        { unit: 'xa-a', rings: [square] },
        { unit: 'xa-b', rings: [{ length: 5 }, { length: 5 }] },
      ],
      points: [{ cluster: 'cum-1', lon: 108.75, lat: 15.25 }],
    })
  })

  test('that says the same point twice in a row is no worse for it', () => {
    expect(readGeometry(file(polygon([square[0], ...square])))).toMatchObject({ outlines: [{ rings: [square] }] })
  })

  // biome-ignore format: a table
  test.each<[string, unknown, MapFault, string]>([
    ['that is none',                         'xin chào',                                             'notCollection',   'type'],
    ['of one feature alone',                 polygon(square),                                        'notCollection',   'type'],
    ['in the metres of VN-2000',             file(point([589_412.5, 1_679_003.1])),                  'outsideVietnam',  'features[0].geometry.coordinates'],
    ['that names another projection',        { ...file(), crs: { properties: { name: 'urn:ogc:def:crs:EPSG::3405' } } }, 'otherProjection', 'crs'],
    ['with latitude before longitude',       file(point([15.25, 108.75])),                           'outsideVietnam',  'features[0].geometry.coordinates'],
    ['with text for a number',               file(point(['108.75', 15.25])),                         'coordinates',     'features[0].geometry.coordinates'],
    ['with what JSON makes of NaN',          file(polygon([[null, null], ...square])),               'coordinates',     'features[0].geometry.coordinates[0][0]'],
    ['with a number that is none',           file(point([Number.NaN, 15.25])),                       'coordinates',     'features[0].geometry.coordinates'],
    ['with an endless number',               file(point([Number.POSITIVE_INFINITY, 15.25])),         'coordinates',     'features[0].geometry.coordinates'],
    ['with a ring that is open',             file(polygon(square.slice(0, 4))),                      'notClosed',       'features[0].geometry.coordinates[0]'],
    ['with a ring of two points',            file(polygon([square[0], square[1], square[0]])),       'tooFewPoints',    'features[0].geometry.coordinates[0]'],
    ['with an empty ring',                   file(polygon([])),                                      'tooFewPoints',    'features[0].geometry.coordinates[0]'],
    ['with a ring that crosses itself',      file(polygon(bow)),                                     'selfCrossing',    'features[0].geometry.coordinates[0]'],
    ['with a hole that crosses itself',      file(polygon(square, bow)),                             'selfCrossing',    'features[0].geometry.coordinates[1]'],
    ['with a ring there and back on one line', file(polygon([square[0], square[1], square[2], square[1], square[0]])), 'selfCrossing', 'features[0].geometry.coordinates[0]'],
    ['with a line',                          file({ ...polygon(), geometry: { type: 'LineString', coordinates: square } }), 'kind', 'features[0].geometry.type'],
    ['with no geometry',                     file({ ...polygon(), geometry: null }),                 'kind',            'features[0].geometry.type'],
    ['with an outline of nobody',            file({ ...polygon(square), properties: null }),         'noUnit',          'features[0].properties.unit'],
    ['with a point of a number',             file(point([108.75, 15.25], 7)),                        'noCluster',       'features[0].properties.cluster'],
    ['that names a unit twice',              file(polygon(square), polygon(square)),                 'twice',           'features[1]'],
    ['with something else among the features', file(square),                                         'notFeature',      'features[0]'],
    ['of too many features',                 file(...Array.from({ length: 25_001 }, () => null)),    'tooManyFeatures', 'features'],
    ['of too many points',                   file(polygon(Array.from({ length: 200_001 }, () => square[0]))), 'tooManyPoints', 'features[0].geometry.coordinates[0]'],
    ['made to be slow',                      file(polygon([...comb, ...around, comb[0]])),                   'tooManyPoints',   'features[0].geometry.coordinates[0]'],
  ])('%s is refused by its place', (_, value, why, at) => {
    expect(readGeometry(value)).toEqual({ at, why })
  })

  test('with a name of the prototype is a name like another', () => {
    const read = readGeometry(
      JSON.parse(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"__proto__":{"cluster":"cum-1"}},"geometry":{"type":"Point","coordinates":[108.7,15.2]}}]}',
      ),
    )
    expect(read).toEqual({ at: 'features[0].properties.cluster', why: 'noCluster' })
  })
})
