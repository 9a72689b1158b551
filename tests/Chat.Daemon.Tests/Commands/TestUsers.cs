using System.Net;
using Chat.Daemon.Accounts;
using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Tests.Commands;

/// <summary>A daemon, users of each role, dropped plugins and typed commands.</summary>
internal sealed class TestUsers : IAsyncDisposable
{
    public const string Password = "uma senha boa";

    private static int last;

    private readonly List<TestClient> clients = [];

    private TestUsers(TestDaemon daemon) => Daemon = daemon;

    public TestDaemon Daemon { get; }

    public static Task<TestUsers> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, null, settings);

    public static async Task<TestUsers> StartAsync(ILoggerFactory? log, TimeProvider? time, params (string Key, string Value)[] settings) =>
        new(await TestDaemon.StartAsync(log, time, settings));

    /// <summary>A daemon with the fixture in its drop folder.</summary>
    public static async Task<(TestUsers Users, DirectoryInfo Folder)> WithPluginAsync(
        string fixture, ILoggerFactory? log = null, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("chat-drop-");
        Drop(fixture, folder.FullName);
        return (await StartAsync(log, null, [("Chat:Plugins:Folders:0", folder.FullName), .. settings]), folder);
    }

    public static void Drop(string fixture, string folder)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, fixture)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "fixtures", fixture)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }

    /// <summary>A name that is not in use.</summary>
    public static string NewName(string like) => $"{like}{Interlocked.Increment(ref last)}";

    public static UserName Name(string name) =>
        UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException($"{name} is not a name.", nameof(name));

    public static RoomName Room(string name) =>
        RoomName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException($"{name} is not a room.", nameof(name));

    /// <summary>The number of an account.</summary>
    public async Task<long> AccountIdAsync(string name) =>
        (await Daemon.Get<Credentials>().FindAsync(Name(name), CancellationToken.None))!.Id;

    public async Task AccountAsync(string name, Role role) =>
        Assert.IsNull(await Daemon.Get<Credentials>().CreateAsync(Name(name), Password, role, null, CancellationToken.None));

    /// <summary>A user of the role in the room geral. Creates the account if there is none.</summary>
    public async Task<TestClient> EnterAsync(string name, Role role = Role.Guest, string? lang = null, string room = "geral")
    {
        if (role != Role.Guest && name != "admin" && await Daemon.Get<Credentials>().FindAsync(Name(name), CancellationToken.None) is null)
            await AccountAsync(name, role);
        var client = await ConnectAsync(name);
        await client.LoginAsync(new ClientFrame.Login(name, PasswordOf(name, role), Rooms: [room], Lang: lang));
        return client;
    }

    public Task<TestClient> AdminAsync(string? lang = null) => EnterAsync("admin", Role.Admin, lang);

    /// <param name="from">A loopback address, to differ from others.</param>
    public async Task<TestClient> ConnectAsync(string name, IPAddress? from = null)
    {
        var client = await TestClient.ConnectAsync(Daemon.Port, name, from: from);
        lock (clients) clients.Add(client);
        return client;
    }

    public static string? PasswordOf(string name, Role role) =>
        role == Role.Guest ? null : name == "admin" ? TestDaemon.AdminPassword : Password;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) await client.DisposeAsync();
        await Daemon.DisposeAsync();
    }
}

internal static class Typing
{
    /// <summary>Types a line; the reply's text, or the refusal's code.</summary>
    public static async Task<string> TypeAsync(this TestClient client, string line, string room = "geral") =>
        Outcome(await client.AskAsync<DaemonFrame>(new ClientFrame.Message(line, room)));

    public static Task<DaemonFrame.Reply> ReplyAsync(this TestClient client, string line, string room = "geral") =>
        client.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message(line, room));

    /// <summary>The code of the refusal; null if the frame is not refused.</summary>
    public static async Task<string?> CodeAsync(this TestClient client, ClientFrame frame) =>
        (await client.AskAsync<DaemonFrame>(frame) as DaemonFrame.Error)?.Code;

    public static Task<DaemonFrame.Error> RefusalAsync(this TestClient client, string line, string room = "geral") =>
        client.AskAsync<DaemonFrame.Error>(new ClientFrame.Message(line, room));

    public static async Task LogOutAsync(this TestClient client)
    {
        await client.SendAsync(new ClientFrame.Logout());
        await client.ExpectClosedAsync();
    }

    /// <summary>Logs in on a connection of its own; <c>welcome</c>, or the refusal's code.</summary>
    public static async Task<string> TryLoginAsync(
        this TestUsers users, string user, string? password = null, string? token = null, IPAddress? from = null)
    {
        var client = await users.ConnectAsync(user, from);
        var answer = await client.AskAsync<DaemonFrame>(new ClientFrame.Login(token is null ? user : null, password, token, Rooms: []));
        return answer is DaemonFrame.Welcome ? "welcome" : ((DaemonFrame.Error)answer).Code;
    }

    public static string Outcome(DaemonFrame answer) => answer switch
    {
        DaemonFrame.Reply reply => reply.Text,
        DaemonFrame.Error error => error.Code,
        _ => answer.ToString(),
    };
}
