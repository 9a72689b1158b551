using System.IO.Pipelines;
using System.Net;
using Chat.Daemon;
using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace PathBench;

/// <summary>A member of the room, whose connection takes all bytes at once and drops them.</summary>
internal sealed class Reader : IOutput
{
    public Reader(int number, DrainList drainList)
    {
        if (!UserName.TryParse($"user{number}", out var name)) throw new InvalidOperationException();
        var link = new Link(
            name.Text, IPAddress.Loopback, new Pipe().Reader, this,
            () => Task.CompletedTask, () => { }, () => false, CancellationToken.None)
        {
            Framing = new LineFraming(),
        };
        Connection = new Connection(link, drainList, 1 << 20, TimeProvider.System)
        {
            Usage = new AddressUsage("127.0.0.1/32", TimeProvider.System),
        };
        var user = new ChatUser(Identity.OfGuest(number), name, Chat.Role.Guest);
        Sender = new Sender(user, number, Connection, new PendingAppends(), refusal => refusal.Code);
        Subscriber = new Subscriber(Connection, user);
    }

    public Connection Connection { get; }

    public Sender Sender { get; }

    public Subscriber Subscriber { get; }

    public int TrySend(ReadOnlySpan<byte> bytes) => bytes.Length;

    public Task SendAsync(ReadOnlyMemory<byte> bytes) => Task.CompletedTask;
}
