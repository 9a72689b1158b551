using System.Net;
using System.Net.Sockets;
using Chat.TestKit;

namespace Chat.Client.Tests;

/// <summary>A client with several addresses reaches the chat at whichever answers.</summary>
[TestClass]
public sealed class AddressTests
{
    [TestMethod]
    public async Task AnAddressWithoutADaemonIsPassedOver()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var closed = new ClosedPort();
        await using var ana = await Guest.LoginAsync(Guest.Options(closed.Port) with { OtherAddresses = [At(daemon.Port)] }, "ana", "r");
        (await ana.Client.SendAsync(Conversation.Room("r"), "oi").WaitAsync(ScriptedConnection.Deadline)).OrThrow();
    }

    [TestMethod]
    public async Task WithoutADaemonAnywhereTheLastFailureIsTold()
    {
        using var closed = new ClosedPort();
        using var other = new ClosedPort();
        await using var client = new ChatClient(Guest.Options(closed.Port) with { OtherAddresses = [At(other.Port)] });
        var failure = await Assert.ThrowsExactlyAsync<ChatConnectionException>(
            () => client.ConnectAsync().WaitAsync(ScriptedConnection.Deadline));
        Assert.IsInstanceOfType<SocketException>(failure.InnerException);
    }

    [TestMethod]
    public async Task ALossGoesToTheNextAddress()
    {
        using var first = new ScriptedDaemon();
        using var second = new ScriptedDaemon();
        var (guest, peer) = await first.MeetAsync(options => options with { OtherAddresses = [At(second.Port)] });
        await using var ana = guest;
        peer.Dispose();
        using var resumed = await second.LoggedInAsync("[]", token: "t");
        await ana.UntilAsync(e => e is ChatEvent.Reconnected);

        resumed.Dispose();
        using var back = await first.LoggedInAsync("[]", token: "t");
        await ana.UntilAsync(e => e is ChatEvent.Reconnected);
    }

    [TestMethod]
    public async Task TheNodesThatAByeNamesComeFirst()
    {
        using var first = new ScriptedDaemon();
        using var other = new ClosedPort();
        using var named = new ScriptedDaemon();
        var (guest, peer) = await first.MeetAsync(options => options with { OtherAddresses = [At(other.Port)] });
        await using var ana = guest;
        var elsewhere = $"""["tls://127.0.0.1:{other.Port}","tcp:","x","tcp://127.0.0.1:{named.Port}"]""";
        await peer.SayAsync($$"""{"type":"bye","reason":"shutdown","elsewhere":{{elsewhere}}}""");
        using var resumed = await named.LoggedInAsync("[]", token: "t");
        await ana.UntilAsync(e => e is ChatEvent.Reconnected);
        Assert.HasCount(1, ana.Seen.OfType<ChatEvent.Reconnecting>(), "The client tried another address before.");

        resumed.Dispose(); // the addresses of the options are still known
        named.Dispose();
        using var back = await first.LoggedInAsync("[]", token: "t");
        await ana.UntilAsync(e => e is ChatEvent.Reconnected);
    }

    private static DnsEndPoint At(int port) => new("127.0.0.1", port);

    /// <summary>A port that is taken, where nothing listens.</summary>
    private sealed class ClosedPort : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public ClosedPort() => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

        public void Dispose() => socket.Dispose();
    }
}
