using Chat.Daemon.Accounts;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Tests.Commands;
using Chat.Daemon.Tests.Configuration;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Diagnostics;

/// <summary>Whatever a client sends over and over, the log gets a line and then a count.</summary>
[TestClass]
public sealed class LogFloodTests
{
    private const int Repetitions = 200;

    private readonly TestTime time = new();

    [TestMethod]
    [DataRow("""{"type":"login","user":"sistema"}""", "Login refused: bad_name", "LoginRefused bad_name")]
    [DataRow("""{"type":"login","token":"x"}""", "Login refused: bad_token", "LoginRefused bad_token")]
    [DataRow("""{"type":"login","user":"admin"}""", "frame Login, code password_required", "FrameRefused password_required")]
    [DataRow("""{"type":"register","user":"sistema","password":"uma senha"}""", "Login refused: bad_name", "LoginRefused bad_name")]
    [DataRow("""{"type":"join","room":"geral"}""", "Frame refused: ", "FrameRefused not_logged_in")]
    [DataRow("""{"type":"nada","id":"1"}""", "Line refused: ", "LineRefused unknown_type")]
    public async Task RepeatedRefusalsAreCounted(string frame, string line, string counted)
    {
        using var log = new CapturedLog();
        await using var daemon = await TestDaemon.StartAsync(log, time);
        await using var hostile = await daemon.ConnectAsync("hostile");
        for (var i = 0; i < Repetitions; i++) await hostile.SendAsync(frame);
        await hostile.SettleAsync();
        Assert.HasCount(1, log.Lines.Where(l => l.Contains(line, StringComparison.Ordinal)));

        time.Advance(TimeSpan.FromMinutes(1));
        var expected = $"Lines repeated: {counted}, {Repetitions - 1} more from 127.0.0.1/32 within a minute";
        await log.LineAsync(l => l.Contains(expected, StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task LinesOfAFloodThatTheDaemonsEndCutsShortAreCountedToo()
    {
        using var log = new CapturedLog();
        await using (var daemon = await TestDaemon.StartAsync(log, time))
        {
            await using var hostile = await daemon.ConnectAsync("hostile");
            for (var i = 0; i < Repetitions; i++) await hostile.SendAsync(new ClientFrame.Login("sistema"));
            await hostile.SettleAsync();
        }
        await log.LineAsync(l => l.Contains($"LoginRefused bad_name, {Repetitions - 1} more", StringComparison.Ordinal));
    }

    /// <summary>Connections are logged one by one, up to a number that no honest network reaches within a minute.</summary>
    [TestMethod]
    public async Task ConnectionsAreLoggedUntilTheyAreAFlood()
    {
        using var log = new CapturedLog();
        await using var daemon = await TestDaemon.StartAsync(log, time);
        for (var i = 0; i < 120; i++)
        {
            await using var client = await daemon.ConnectAsync();
            await client.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        }
        foreach (var line in (string[])["Connection accepted", "Connection ended"])
            Assert.HasCount(100, log.Lines.Where(l => l.Contains(line, StringComparison.Ordinal)), line);
        time.Advance(TimeSpan.FromMinutes(1));
        await log.LineAsync(l => l.Contains("ConnectionAccepted , 20 more", StringComparison.Ordinal));
        await log.LineAsync(l => l.Contains("ConnectionEnded logout, 20 more", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task JoinsAreLoggedUntilTheyAreAFlood()
    {
        using var log = new CapturedLog();
        await using var daemon = await TestDaemon.StartAsync(log, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        for (var i = 0; i < 120; i++)
        {
            await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
            await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        }
        foreach (var line in (string[])["Room joined", "Room left"])
            Assert.HasCount(100, log.Lines.Where(l => l.Contains(line, StringComparison.Ordinal)), line);
        time.Advance(TimeSpan.FromMinutes(1));
        await log.LineAsync(l => l.Contains("RoomJoined , 21 more", StringComparison.Ordinal));
        await log.LineAsync(l => l.Contains("RoomLeft , 20 more", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task SecurityEventsHaveALoggerOfTheirOwn()
    {
        using var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, time);
        var (admin, guest) = (await users.AdminAsync(), await users.EnterAsync("ana"));
        for (var i = 0; i < 20; i++) await guest.RefusalAsync("/banir bia");
        await users.AccountAsync("bia", Role.Member);
        await admin.ReplyAsync("/conta criar caio \"uma senha secreta\"");
        foreach (var role in (string[])["moderador", "membro"]) await admin.ReplyAsync($"/papel bia {role}");
        await admin.ReplyAsync("/permissao dar room.create member");
        await admin.ReplyAsync("/expulsar ana");
        await admin.ReplyAsync("/banir ana");
        time.Advance(TimeSpan.FromMinutes(1));
        await log.LineAsync(l => l.Contains("CommandRun ban forbidden, 19 more", StringComparison.Ordinal));

        string[] expected =
        [
            "ana called ban, forbidden", "admin called conta criar, ok", "admin called papel, ok", "admin called papel, ok",
            "admin called permissao dar, ok", "User kicked: ana from geral, by admin", "admin called kick, ok", "Banned: ana, by admin",
            "admin called ban, ok",
        ];
        var lines = log.Lines.Where(l => l.Contains(" Chat.Security: ", StringComparison.Ordinal)
            && !l.Contains("Lines repeated", StringComparison.Ordinal)).ToList();
        Assert.HasCount(expected.Length, lines, string.Join('\n', lines));
        for (var i = 0; i < expected.Length; i++) Assert.Contains(expected[i], lines[i]);
        Assert.Contains("papel moderador", lines[2].ToLowerInvariant());
        Assert.DoesNotContain("secreta", string.Join('\n', log.Lines));
    }

    [TestMethod]
    public void KindsAreBounded()
    {
        var (log, logger) = (new LogTally(maxKinds: 10, TimeProvider.System), new RecordingLogger<LogTally>());
        var logged = 0;
        for (var i = 0; i < 1_000; i++)
            if (log.IsLogged(logger, "LoginRefused", "bad_token", $"10.0.{i >> 8}.{i & 255}/32")) logged++;
        Assert.AreEqual(11, logged, "ten of their own, and one for all others");
        log.Dispose();
        Assert.HasCount(1, logger.Lines);
    }
}
