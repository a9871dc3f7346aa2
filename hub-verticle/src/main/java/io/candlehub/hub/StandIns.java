package io.candlehub.hub;

import io.candlehub.hub.candle.AnswerWorth;

/**
 * What of a series the first provider is to be asked again, and who told it in its place, by what was loaded.
 *
 * @param minutes of the minutes
 * @param hours what the older hours are worth
 * @param days what the days are worth
 */
record StandIns(StandIn minutes, AnswerWorth hours, AnswerWorth days) {
  static final StandIns NONE = new StandIns(StandIn.NONE, AnswerWorth.WHOLE, AnswerWorth.WHOLE);
}
