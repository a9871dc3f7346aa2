package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** One session with a client that follows a random number, and what must hold whatever it does. */
final class FuzzedSession implements EngineListener {

  private static final SocketIoOptions OPTIONS = SocketIoOptions.defaults()
      .withHeartbeat(Duration.ofMillis(300), Duration.ofMillis(200))
      .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMillis(500))
      .withPolling(Duration.ofSeconds(1), Duration.ofSeconds(1))
      .withSizes(1_000, 200);

  private static final List<String> PACKETS = List.of(
      "40",
      "40",
      "3",
      "3",
      "42[\"echo\",1]",
      "42[\"echo\",1]",
      "421[\"echo\",{\"a\":[]}]",
      "40/a,",
      "41",
      "430[1]",
      "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]",
      "1",
      "2",
      "6",
      "5",
      "0",
      "2probe",
      "",
      "4",
      "x",
      "49",
      "42[\"disconnect\"]",
      "44{}",
      "42[\"echo\"");
  private static final List<String> HONEST = List.of("3", "42[\"echo\",1]", "3", "420[\"echo\"]");

  private final ManualLoop loop = new ManualLoop();
  private final Random random;
  private final StringBuilder story = new StringBuilder();
  private final List<FakeExchange> polls = new ArrayList<>();
  private final List<FakeExchange> shown = new ArrayList<>();
  private final List<FakeExchange> posts = new ArrayList<>();
  private final List<RecordingTransport> webSockets = new ArrayList<>();
  private final List<SocketIoSocket> sockets = new ArrayList<>();
  private final EngineSession session;
  private boolean malicious;
  private boolean lossy;
  private int sent;
  private int received;
  private int opened;
  private int closed;

  FuzzedSession(long seed) {
    random = new Random(seed);
    malicious = random.nextBoolean();
    session = new EngineSession("SID", new PollingTransport(OPTIONS, loop), OPTIONS, loop, this);
    AtomicInteger ids = new AtomicInteger();
    Namespace main = new Namespace("/").onConnect(this::greet);
    session.open(new SocketIoConnection(
        session,
        Handshakes.plain(),
        new SocketIoConnection.Scope(
            OPTIONS,
            name -> name.equals("/") ? Optional.of(main) : Optional.empty(),
            () -> "id" + ids.incrementAndGet(),
            new Recovery(OPTIONS.recovery()))));
    poll();
    polls.get(0).deliver();
    post("40");
  }

  /** Lets the client do a number of things. */
  void live(int steps) {
    for (int i = 0; i < steps; i++) {
      step(random.nextInt(malicious ? 16 : 13));
      look();
    }
  }

  /** Ends the session and checks that nothing of it is left. */
  void end() {
    malicious = true;
    session.close(CloseReason.FORCED);
    webSockets.forEach(socket -> socket.session().onClosed(CloseReason.CLIENT_CLOSED));
    loop.pass(10_000);
    look();
    posts.stream()
        .filter(post -> !post.answered())
        .forEach(post -> session.posted(post, Buffer.buffer("4late")));
    assertThat(session.gone().isComplete()).as("gone").isTrue();
    assertThat(loop.timers()).as("timers left").isZero();
    assertThat(opened).isEqualTo(1);
    assertThat(closed).isEqualTo(1);
    assertThat(polls).as("polls left").allMatch(poll -> poll.answered() || poll.wasCut());
    assertThat(posts).as("posts left").allMatch(post -> post.answered() || post.wasCut());
    assertThat(session.writable()).isFalse();
    FakeExchange late = new FakeExchange();
    session.poll(late);
    assertThat(late.shown()).startsWith("400");
  }

  boolean open() {
    return session.isOpen();
  }

  boolean upgraded() {
    return session.transport().equals(EngineTransport.WEBSOCKET);
  }

  int received() {
    return received;
  }

  String story() {
    return story.toString();
  }

  @Override
  public void connectionOpened() {
    opened++;
  }

  @Override
  public void connectionClosed(String reason) {
    closed++;
    story.append(" [").append(reason).append(']');
  }

  private void greet(SocketIoSocket socket) {
    sockets.add(socket);
    socket.on("echo", (args, ack) -> {
      number();
      ack.send(args.toArray());
    });
  }

  private void step(int what) {
    story.append(' ').append(what);
    switch (what) {
      case 0, 1, 2 -> number();
      case 3, 4 -> pollIfIdle();
      case 5 -> post(pick(HONEST) + "\u001e" + pick(HONEST));
      case 6, 7 -> deliver();
      case 8 -> loop.pass(random.nextInt(150));
      case 9 -> offer();
      case 10, 11 -> webSocket(upgraded() ? pick(HONEST) : random.nextBoolean() ? "2probe" : "5");
      case 12 -> breathe();
      case 13 -> nuisance();
      case 14 -> post(pick(PACKETS) + (random.nextBoolean() ? "" : "\u001e" + mutated()));
      default -> webSocket(random.nextBoolean() ? pick(PACKETS) : mutated());
    }
  }

  /** What only a client out of its mind does. */
  private void nuisance() {
    switch (random.nextInt(8)) {
      case 0 -> poll();
      case 1 -> session.post(track(posts));
      case 2 ->
        last(polls).ifPresent(poll -> {
          poll.cut();
          session.pollLost(poll);
        });
      case 3 -> {
        lossy = true;
        last(polls).ifPresent(FakeExchange::lose);
      }
      case 4 ->
        last(posts)
            .ifPresent(post -> session.postFailed(
                post,
                new InvalidMessage(InvalidMessage.Kind.TOO_BIG, "made by the test"),
                CloseReason.TOO_BIG));
      case 5 -> last(posts).ifPresent(post -> session.posted(post, Buffer.buffer(mutated())));
      case 6 -> session.close(CloseReason.FORCED);
      default ->
        last(webSockets).ifPresent(socket -> socket.session().onClosed(CloseReason.CLIENT_CLOSED));
    }
  }

  private void number() {
    if (!sockets.isEmpty() && sockets.get(0).connected()) {
      sockets.get(0).emit("n", sent++);
    }
  }

  private void poll() {
    session.poll(track(polls));
  }

  private void pollIfIdle() {
    if (malicious || polls.stream().allMatch(FakeExchange::answered)) {
      deliver();
      poll();
    }
  }

  private void post(String body) {
    FakeExchange post = track(posts);
    session.post(post);
    session.posted(post, Buffer.buffer(body));
  }

  private void deliver() {
    polls.stream().filter(FakeExchange::answered).forEach(FakeExchange::deliver);
    loop.pass(0);
  }

  private void offer() {
    RecordingTransport socket = new RecordingTransport();
    webSockets.add(socket);
    session.offer(socket);
  }

  private void webSocket(String packet) {
    last(webSockets).filter(RecordingTransport::open).ifPresent(socket -> {
      if (random.nextInt(20) == 0) {
        socket.session().onBinary(Buffer.buffer("b"));
      } else {
        socket.receive(packet);
      }
    });
  }

  private void breathe() {
    last(webSockets).filter(RecordingTransport::open).ifPresent(socket -> {
      if (socket.writable()) {
        socket.block();
      } else {
        socket.drain();
      }
    });
  }

  /** Reads what has come to the client: each number once and in order. */
  private void look() {
    for (FakeExchange poll : polls) {
      if (poll.answered() && !shown.contains(poll)) {
        shown.add(poll);
        List.of(poll.body().split("\u001e", -1)).forEach(this::receive);
      }
    }
    webSockets.forEach(socket -> socket.takeSent().forEach(this::receive));
  }

  private void receive(String packet) {
    if (packet.startsWith("42[\"n\",")) {
      int number = Integer.parseInt(packet.substring(7, packet.length() - 1));
      if (!lossy) {
        assertThat(number).as("next number").isEqualTo(received);
      }
      received = number + 1;
    }
  }

  private String mutated() {
    StringBuilder packet = new StringBuilder(pick(PACKETS)).append((char) random.nextInt(0x80));
    packet.setCharAt(random.nextInt(packet.length()), (char) random.nextInt(0x800));
    return packet.toString();
  }

  private String pick(List<String> packets) {
    return packets.get(random.nextInt(packets.size()));
  }

  private static FakeExchange track(List<FakeExchange> exchanges) {
    FakeExchange exchange = new FakeExchange();
    exchanges.add(exchange);
    return exchange;
  }

  private static <T> Optional<T> last(List<T> items) {
    return items.isEmpty() ? Optional.empty() : Optional.of(items.get(items.size() - 1));
  }
}
