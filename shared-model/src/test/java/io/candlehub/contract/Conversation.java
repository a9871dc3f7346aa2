package io.candlehub.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads along on one connection of a client, of Socket.IO (packets) or of the bridge (frames), and fails at what the
 * documents do not have. Safe to use from any thread.
 */
public final class Conversation {
  private static final Pattern EVENT = Pattern.compile("42(\\d*)(\\[.*)", Pattern.DOTALL);
  private static final Pattern ANSWER = Pattern.compile("43(\\d+)(\\[.*)", Pattern.DOTALL);

  private final Map<String, String> eventOfAnswer = new ConcurrentHashMap<>();
  private final Map<String, String> commandOfReply = new ConcurrentHashMap<>();

  /** Notes what the client asks; whether it may is not looked at, tests send what is wrong too. */
  public void sent(String text) {
    Matcher event = EVENT.matcher(text);
    try {
      if (event.matches()) {
        eventOfAnswer.put(event.group(1), new JsonArray(event.group(2)).getString(0));
      } else if (text.startsWith("{")) {
        JsonObject frame = new JsonObject(text);
        if (frame.getValue("replyAddress") instanceof String reply
            && frame.getValue("address") instanceof String address) {
          commandOfReply.put(reply, address);
        }
      }
    } catch (RuntimeException e) {
      // What cannot be read asks for nothing.
      return;
    }
  }

  /** Checks what the server sent; other packets are the protocol's own. */
  public void received(String text) {
    Matcher event = EVENT.matcher(text);
    Matcher answer = ANSWER.matcher(text);
    if (event.matches()) {
      JsonArray arguments = new JsonArray(event.group(2));
      if (arguments.size() != 2) {
        throw new AssertionError("an event has one argument: " + text);
      }
      EventContract.event(arguments.getString(0), arguments.getValue(1));
    } else if (answer.matches()) {
      JsonArray arguments = new JsonArray(answer.group(2));
      if (arguments.size() != 1) {
        throw new AssertionError("an answer has one argument: " + text);
      }
      EventContract.acknowledgement(
          eventOfAnswer.getOrDefault(answer.group(1), "?"), arguments.getValue(0));
    } else if (text.startsWith("{")) {
      frame(new JsonObject(text));
    }
  }

  private void frame(JsonObject frame) {
    EventContract.bridgeFrame(frame);
    if (frame.getString("type").equals("rec")) {
      String address = frame.getString("address");
      String command = commandOfReply.get(address);
      if (command == null) {
        EventContract.bridged(address, frame.getValue("body"));
      } else {
        EventContract.bridgeReply(command, frame.getValue("body"));
      }
    }
  }
}
