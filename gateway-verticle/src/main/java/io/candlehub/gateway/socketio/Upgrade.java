package io.candlehub.gateway.socketio;

import io.vertx.core.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upgrade of one session from polling to a WebSocket, from the WebSocket's opening to the client's {@code upgrade}
 * packet. Until then the session stays on polling, whatever becomes of the WebSocket.
 *
 * <p>Threads: confined to the loop of the session.
 *
 * <p>Source: Engine.IO protocol 4, "Upgrade".
 */
final class Upgrade implements EngineTransport.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);

  private static final String PROBE = "2probe";
  private static final String PROBE_ANSWER = "3probe";
  private static final char UPGRADE = '5';

  private final EngineSession session;
  private final EngineTransport candidate;
  private final Loop.Timer deadline;
  private boolean over;

  Upgrade(EngineSession session, EngineTransport candidate, SocketIoOptions options) {
    this.session = session;
    this.candidate = candidate;
    this.deadline = session
        .loop()
        .schedule(options.upgradeTimeout().toMillis(), () -> abandon(CloseReason.FORCED));
  }

  /** Starts to listen to the WebSocket. */
  void begin() {
    candidate.open(this);
  }

  /** Ends the upgrade without success and closes its WebSocket. */
  void abandon(CloseReason reason) {
    if (end()) {
      candidate.close(reason);
    }
  }

  @Override
  public void onText(String packet) {
    if (over) {
      return;
    }
    if (packet.equals(PROBE)) {
      session.probed();
      candidate.sendText(PROBE_ANSWER);
    } else if (!packet.isEmpty() && packet.charAt(0) == UPGRADE) {
      end();
      session.upgraded(candidate);
    } else {
      LOG.debug("upgrade refused: unexpected packet");
      abandon(CloseReason.TRANSPORT_ERROR);
    }
  }

  @Override
  public void onBinary(Buffer message) {
    abandon(CloseReason.TRANSPORT_ERROR);
  }

  @Override
  public void onInvalid(InvalidMessage fault, CloseReason reason) {
    session.counts().messageInvalid(fault.kind());
    abandon(reason);
  }

  @Override
  public void onBlocked() {
    LOG.debug("upgrade refused: client sends and does not read");
    if (end()) {
      candidate.abort();
    }
  }

  @Override
  public void onDrained() {
    LOG.trace("a blocked upgrade is over");
  }

  @Override
  public void onClosed(CloseReason reason) {
    end();
  }

  private boolean end() {
    if (over) {
      return false;
    }
    over = true;
    deadline.cancel();
    session.upgradeEnded(this);
    return true;
  }
}
