import assert from 'node:assert/strict';

/** A series that refuses what that of lightweight-charts refuses. */
export class FakeSeries {
  points = [];

  setData(points) {
    points.forEach(({ time }, i) => assert.ok(i === 0 || time > points[i - 1].time, 'data must be ascending'));
    this.points = [...points];
  }

  update(point) {
    const last = this.points[this.points.length - 1];
    assert.ok(!last || point.time >= last.time, 'Cannot update oldest data');
    this.points.splice(this.points.length - (last?.time === point.time ? 1 : 0), 1, point);
  }
}
