using System.Buffers;
using System.Text;
using Chat.LoadTest.Measuring;
using Chat.LoadTest.Wire;
using Chat.Protocol;

namespace Chat.LoadTest.Tests;

/// <summary>The adapters for other servers, with lines as those servers write them.</summary>
[TestClass]
public sealed class WireTests
{
    private static readonly Payload Payload = new("ab12", 1);

    [TestMethod]
    [DataRow("irc", ":load-ab12-3!~u@127.0.0.1 PRIVMSG #load-ab12-0 :load:ab12:3:7:100:5:")]
    [DataRow("redis", "load:ab12:3:7:100:5:")]
    public void FindsMarks(string protocol, string line)
    {
        Assert.IsTrue(WireProtocol.Of(protocol).TryReadMessage(Encoding.ASCII.GetBytes(line), Payload, out var mark, out var number));
        Assert.AreEqual((new MessageMark(3, 7, 100, 105), 0L), (mark, number));
    }

    [TestMethod]
    [DataRow("irc", ":irc.load 001 load-ab12-3 :Welcome", typeof(DaemonFrame.Welcome))]
    [DataRow("irc", ":irc.load 366 load-ab12-3 #load-ab12-0 :End of NAMES list", typeof(DaemonFrame.Joined))]
    [DataRow("irc", ":irc.load 433 * load-ab12-3 :Nickname already in use", typeof(DaemonFrame.Error))]
    [DataRow("irc", "ERROR :Closing connection", typeof(DaemonFrame.Bye))]
    [DataRow("irc", ":irc.load PONG irc.load :q12", typeof(DaemonFrame.Pong))]
    [DataRow("irc", ":irc.load 422 load-ab12-3 :MOTD file is missing", null)]
    [DataRow("redis", "proto", typeof(DaemonFrame.Welcome))]
    [DataRow("redis", "subscribe", typeof(DaemonFrame.Joined))]
    [DataRow("redis", "-ERR max number of clients reached", typeof(DaemonFrame.Error))]
    [DataRow("redis", "q12", typeof(DaemonFrame.Pong))]
    [DataRow("redis", "$5", null)]
    [DataRow("redis", "", null)]
    [DataRow("irc", "", null)]
    [DataRow("websocket", """{"type":"pong","id":"q1"}""", typeof(DaemonFrame.Pong))]
    [DataRow("websocket", "", null)]
    public void ReadsOtherLines(string protocol, string line, Type? frame) =>
        Assert.AreEqual(frame, WireProtocol.Of(protocol).Read(Encoding.ASCII.GetBytes(line))?.GetType());

    [TestMethod]
    public void WritesAsTheServersExpect()
    {
        var message = new ClientFrame.Message("hi", Room: "r") { Id = "1" };
        Assert.AreEqual("PRIVMSG #r :hi\r\n", Written("irc", message));
        Assert.AreEqual("*3\r\n$7\r\nPUBLISH\r\n$1\r\nr\r\n$2\r\nhi\r\n", Written("redis", message));
        Assert.AreEqual("NICK a\r\nUSER a 0 * :chat-load\r\n", Written("irc", new ClientFrame.Login("a")));
        Assert.AreEqual("PONG :x\r\n", Encoding.ASCII.GetString(new IrcWire().ReplyTo("PING :x"u8).Span));
    }

    [TestMethod]
    public void AnswersThePingsOfAWebSocket()
    {
        var websocket = new WebSocketWire();
        Assert.IsNull(websocket.Read(WebSocketWire.PingLine([1, 2])));
        CollectionAssert.AreEqual(
            new byte[] { 0x8A, 0x82, 0, 0, 0, 0, 1, 2 }, websocket.ReplyTo(WebSocketWire.PingLine([1, 2])).ToArray());
    }

    private static string Written(string protocol, ClientFrame frame)
    {
        var output = new ArrayBufferWriter<byte>();
        WireProtocol.Of(protocol).Write(output, frame);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
