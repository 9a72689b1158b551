using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;
using Microsoft.Data.Sqlite;

namespace Chat.Cli.Tests;

/// <summary>When a token, and so a guest's identity, survives from one run to the next.</summary>
[TestClass]
public sealed class SavedTokenTests
{
    private const string Password = "uma senha boa";

    [TestMethod]
    public async Task TemporaryRefusalKeepsTheSession()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var home = new Home(daemon.Port);
        await using var bia = await daemon.GuestAsync("bia", "r");
        await home.LeaveAsync(daemon, "ana", writesTo: "bia");
        Alter(daemon, "ALTER TABLE conversations RENAME TO gone");
        var refused = await home.RunAsync("ana");
        Assert.AreEqual(1, refused.Status, refused.Output);
        StringAssert.Contains(refused.Errors, "still saved");
        Alter(daemon, "ALTER TABLE gone RENAME TO conversations");
        var again = await home.RunAsync("ana");
        Assert.AreEqual(0, again.Status, again.Errors);
        StringAssert.Contains(again.Output, "@bia");
    }

    [TestMethod]
    public async Task TokenIsKeptWhileItsNameIsTaken()
    {
        var time = new TestTime();
        await using var daemon = await TestDaemon.StartAsync(null, time);
        using var home = new Home(daemon.Port);
        var token = await home.LeaveAsync(daemon, "ana");
        time.Advance(TimeSpan.FromSeconds(31));
        await using var other = await daemon.GuestAsync("ana", "r");
        Assert.AreEqual(1, (await home.RunAsync("ana")).Status);
        Assert.AreEqual(token, home.Token("ana"));
    }

    [TestMethod]
    public async Task InvalidTokenIsReplacedOrDiscarded()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var home = new Home(daemon.Port);
        await using var other = await daemon.GuestAsync("bia", "r");
        home.Keep("ana", "nada");
        home.Keep("bia", "nada");
        home.Keep("eva", new string('x', 100_000));
        Assert.AreEqual(0, (await home.RunAsync("ana")).Status, "The end of the input ends the session.");
        Assert.AreEqual(1, (await home.RunAsync("bia")).Status);
        Assert.AreEqual(0, (await home.RunAsync("eva")).Status);
        Assert.AreEqual(0, home.Files, "Invalid tokens must not be kept.");
    }

    /// <summary>A file size limit simulates a full disk: the file can be created, but not written.</summary>
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task FullDiskLosesTheTokenAndNotTheRun()
    {
        if (Environment.GetEnvironmentVariable("CHAT_TEST_COVERAGE") is not null)
            Assert.Inconclusive("Under the limit, chat could not write its coverage either.");
        await using var daemon = await TestDaemon.StartAsync();
        using var home = new Home(daemon.Port);
        var run = await home.RunAsync("ana", "oi\n", "trap '' XFSZ; ulimit -f 0; export DOTNET_EnableWriteXorExecute=0; ");
        Assert.AreEqual(0, run.Status, run.Errors);
        StringAssert.Contains(run.Output, "ana: oi\n");
        StringAssert.Contains(run.Errors, "Could not save the session");
        Assert.HasCount(1, run.Errors.TrimEnd().Split('\n'), run.Errors);
        Assert.AreEqual(0, home.Files);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task WelcomeSaysHowTheUserLoggedIn()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var home = new Home(daemon.Port);
        var made = await CliProcess.RunAsync("", $"--connect 127.0.0.1:{daemon.Port} --user ana --register --room r --lang en",
            password: Password);
        StringAssert.Contains(made.Output, "Logged in as ana with the password.");
        await home.LeaveAccountAsync("ana", Password);
        Assert.AreEqual(1, (await home.RunAsync("ana --password")).Status, "There is nobody to ask.");
        var resumed = await home.RunAsync("ana");
        StringAssert.Contains(resumed.Output, "Logged in as ana with the saved session; --password asks again.");
        await home.LeaveAccountAsync("ana", Password);
        var asked = await home.RunAsync("ana --password", password: Password);
        StringAssert.Contains(asked.Output, "Logged in as ana with the password.");
    }

    private static void Alter(TestDaemon daemon, string sql)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(daemon.Folder, "data", "chat.db")};Pooling=false");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A state folder shared by several runs.</summary>
    private sealed class Home(int port) : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-test-");

        public int Files => folder.GetFiles("*", SearchOption.AllDirectories).Length;

        public Task<(int Status, string Output, string Errors)> RunAsync(string user, string input = "", string? before = null,
            string? password = null) =>
            CliProcess.RunAsync(input, $"--connect 127.0.0.1:{port} --user {user} --room r --lang en", throughShell: before is not null,
                password: password, stateFolder: folder.FullName, before: before);

        /// <summary>Saves the token of a guest whose earlier run did not log out.</summary>
        public async Task<string> LeaveAsync(TestDaemon daemon, string user, string? writesTo = null)
        {
            await using var guest = await daemon.ConnectAsync(user);
            var token = (await guest.LoginAsync(user, "r")).Token!;
            if (writesTo is not null) await guest.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("oi", To: writesTo));
            Keep(user, token);
            guest.ShutdownSend();
            await guest.ExpectClosedAsync();
            return token!;
        }

        /// <summary>Like <see cref="LeaveAsync"/>, for a user with an account.</summary>
        public async Task LeaveAccountAsync(string user, string password)
        {
            await using var client = new ChatClient(Clients.Options(port));
            Keep(user, (await client.LoginAsync(LoginRequest.Account(user, password))).OrThrow().Token!);
        }

        public void Keep(string user, string token)
        {
            using var file = Open(user);
            file.Write(token);
        }

        public string? Token(string user)
        {
            using var file = Open(user);
            return file.Read();
        }

        public void Dispose() => folder.Delete(recursive: true);

        private TokenFile Open(string user) =>
            TokenFile.Open(Path.Combine(folder.FullName, "chat"), new DaemonAddress("127.0.0.1", port), user)!;
    }
}
