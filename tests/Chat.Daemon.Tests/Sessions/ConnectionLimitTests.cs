using System.Net;
using System.Net.Sockets;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

[TestClass]
public sealed class ConnectionLimitTests
{
    private readonly TestTime time = new();

    [TestMethod]
    public async Task LoginsFromAnAddressAreLimitedExceptByToken()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, ("Chat:Limits:LoginsPerMinute", "3"));
        await using var ana = await daemon.ConnectAsync("ana");
        var token = (await ana.LoginAsync("ana")).Token;
        for (var i = 0; i < 5; i++)
        {
            await using var again = await daemon.ConnectAsync("ana");
            await again.LoginAsync(new ClientFrame.Login(Token: token, Rooms: []));
        }
        await using var other = await daemon.ConnectAsync();
        await other.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("admin", "x"));
        await other.AskAsync<DaemonFrame.Error>(new ClientFrame.Login(Token: "bad"));
        var error = await other.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("bia"));
        Assert.AreEqual((RefusalCode.RateLimited, 20_000), (error.Code, error.RetryAfter));
        ClientFrame[] limited = [new ClientFrame.Login(Token: "bad"), new ClientFrame.Register("bia", "uma senha bem comprida")];
        foreach (var frame in limited)
            Assert.AreEqual(RefusalCode.RateLimited, (await other.AskAsync<DaemonFrame.Error>(frame)).Code);
        time.Advance(TimeSpan.FromMilliseconds(error.RetryAfter!.Value));
        await other.LoginAsync("bia");
    }

    [TestMethod]
    public async Task ConnectionsFromAnAddressAreLimited()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:ConnectionsPerAddress", "2"));
        await using var ana = await daemon.GuestAsync("ana");
        await using var bia = await daemon.GuestAsync("bia");

        await using (var third = await daemon.ConnectAsync())
        {
            await third.ExpectAsync<DaemonFrame.Hello>(h => h.Limits.ConnectionsPerAddress == 2);
            Assert.AreEqual(ByeReason.TooManyConnections, (await third.ExpectAsync<DaemonFrame.Bye>()).Reason);
            Assert.AreEqual(Ending.Ended, await third.ExpectClosedAsync());
        }
        await bia.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        await bia.DisposeAsync();
        await Wait.UntilAsync(() => CanConnectAsync(daemon.Port), ana.SettleAsync);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task ConnectionsLeaveFilesForTheDaemon()
    {
        // As many as the daemon keeps free for itself are more than the kernel's queue of connections holds, which come all at once.
        await using var daemon = await ProcessDaemon.StartAsync(folder =>
        {
            string[] settings = ["--Chat:Limits:ConnectionsPerAddress", "0", "--Chat:Limits:LoginsPerMinute", "0"];
            var start = BuiltDaemon.Launch(folder, settings);
            string[] limited = ["-c", "ulimit -n 2000 && exec \"$@\"", "sh", start.FileName, .. start.ArgumentList];
            start.FileName = "sh";
            start.ArgumentList.Clear();
            foreach (var argument in limited) start.ArgumentList.Add(argument);
            return start;
        });
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.LoginAsync("ana", "geral");
        var flood = new List<Socket>();
        try
        {
            for (var i = 0; i < 1_700; i++)
            {
                flood.Add(new Socket(SocketType.Stream, ProtocolType.Tcp));
                await TryConnectAsync(flood[^1], daemon.Port);
            }
            for (var i = 0; i < 20; i++) await ana.SayAsync("geral", $"mensagem {i}");
            Assert.IsLessThan(1_900, Directory.GetFiles($"/proc/{daemon.ProcessId}/fd").Length);
        }
        finally
        {
            flood.ForEach(socket => socket.Dispose());
        }
        await Wait.UntilAsync(() => IsServedAsync(daemon.Port), ana.SettleAsync);
    }

    [TestMethod]
    public async Task AConnectionWithoutALoginIsClosedAndAnIdleSessionIsNot()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var nobody = await daemon.ConnectAsync("nobody");
        await nobody.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());

        time.Advance(TimeSpan.FromSeconds(31));
        Assert.AreEqual(ByeReason.LoginTimeout, (await nobody.ExpectAsync<DaemonFrame.Bye>()).Reason);
        Assert.AreEqual(Ending.Ended, await nobody.ExpectClosedAsync());
        time.Advance(TimeSpan.FromDays(3));
        Assert.AreEqual(1, (await ana.SayAsync("geral", "ainda")).Seq);
    }

    /// <summary>False also if it is closed without a word.</summary>
    private static async Task<bool> IsServedAsync(int port)
    {
        try
        {
            return await CanConnectAsync(port);
        }
        catch (Exception e) when (e is ExpectationException or SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return false;
        }
    }

    /// <summary>Some are closed so soon that they never seem to have been open.</summary>
    private static async Task TryConnectAsync(Socket socket, int port)
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
        }
    }

    private static async Task<bool> CanConnectAsync(int port)
    {
        await using var client = await TestClient.ConnectAsync(port, "again");
        await client.SendAsync(new ClientFrame.Ping());
        await client.ExpectAsync<DaemonFrame.Hello>();
        return (await client.NextAsync()).Frame is DaemonFrame.Pong;
    }
}
