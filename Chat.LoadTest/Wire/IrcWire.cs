using System.Buffers;
using System.Text;
using Chat.LoadTest.Measuring;
using Chat.Protocol;

namespace Chat.LoadTest.Wire;

/// <summary>IRC (RFC 2812). A sender gets no copy of its own message.</summary>
internal sealed class IrcWire : WireProtocol
{
    private const string Welcome = "001", EndOfNames = "366", Pong = "PONG", Error = "ERROR";

    public override bool Echoes => false;

    public override void Write(IBufferWriter<byte> output, ClientFrame frame)
    {
        var line = frame switch
        {
            ClientFrame.Login login => $"NICK {login.User}\r\nUSER {login.User} 0 * :chat-load",
            ClientFrame.Join join => $"JOIN #{join.Room}",
            ClientFrame.Message { Room: { } room } message => $"PRIVMSG #{room} :{message.Text}",
            ClientFrame.Message message => $"PRIVMSG {message.To} :{message.Text}",
            ClientFrame.Ping => $"PING {frame.Id}",
            ClientFrame.Logout => "QUIT",
            _ => throw new NotSupportedException($"IRC has no {frame.GetType().Name}."),
        };
        Encoding.ASCII.GetBytes(line + "\r\n", output);
    }

    public override bool TryReadMessage(ReadOnlySpan<byte> line, Payload payload, out MessageMark mark, out long number)
    {
        (mark, number) = (default, 0);
        return line.IndexOf(" PRIVMSG "u8) >= 0 && payload.TryRead(line, out mark);
    }

    public override DaemonFrame? Read(ReadOnlySpan<byte> line)
    {
        var words = Encoding.UTF8.GetString(line).Split(' ');
        if (words is [Error, ..]) return new DaemonFrame.Bye("closed_by_server");
        if (words is not [_, var command, ..]) return null;
        return command switch
        {
            Welcome => new DaemonFrame.Welcome("", [], "", [], []),
            EndOfNames => new DaemonFrame.Joined("", 0, 0, [], More: false),
            Pong => new DaemonFrame.Pong { Id = words[^1].TrimStart(':') },
            ['4' or '5', _, _] when command != "422" => new DaemonFrame.Error("irc_" + command, ""), // 422: no message of the day
            _ => null,
        };
    }

    public override ReadOnlyMemory<byte> ReplyTo(ReadOnlySpan<byte> line) =>
        line.StartsWith("PING "u8) ? (byte[])[.. "PONG "u8, .. line[5..], .. "\r\n"u8] : default;
}
