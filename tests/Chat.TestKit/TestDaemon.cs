using Chat.Daemon;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.TestKit;

/// <summary>The real daemon in this process, on a free port, with a temporary data folder. A bug that it logs fails the test.</summary>
public sealed class TestDaemon : IDaemonUnderTest, IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-test-");
    private readonly Dictionary<string, string> settings;
    private readonly BugLog bugs = new();
    private readonly ILoggerFactory log;
    private readonly TimeProvider time;
    private OptionsSource? options;
    private TlsCertificate? certificate;
    private ChatDaemon? daemon;

    private TestDaemon(Dictionary<string, string> settings, ILoggerFactory? log, TimeProvider time) =>
        (this.settings, this.log, this.time) = (settings, log ?? bugs, time);

    public int Port => PortOf("tcp");

    /// <summary>The port of /health and /metrics.</summary>
    public int HttpPort => PortOf("http");

    public int TlsPort => PortOf("tls");

    /// <summary>The same with TLS.</summary>
    public int HttpsPort => PortOf("https");

    public string Folder => folder.FullName;

    /// <summary>The password of admin, unless the test sets another.</summary>
    public const string AdminPassword = "segredo-do-teste";

    private ChatDaemon Running => daemon ?? throw new InvalidOperationException("it is not running");

    /// <param name="settings">As on the command line: <c>("Chat:Limits:OutboxBytes", "4096")</c>. Rates are unlimited by default.</param>
    public static Task<TestDaemon> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, null, settings);

    /// <inheritdoc cref="StartAsync((string, string)[])"/>
    public static async Task<TestDaemon> StartAsync(ILoggerFactory? log, TimeProvider? time, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["Chat:Listen:Tcp"] = "127.0.0.1:0",
            ["Chat:Listen:Http"] = "127.0.0.1:0",
            ["Chat:Limits:MessagesPerSecond"] = "0",
            ["Chat:Limits:LoginsPerMinute"] = "0",
            ["Chat:Limits:ConnectionsPerAddress"] = "0",
            ["Chat:Limits:RoomsPerUser"] = "0",
            ["Chat:Limits:RoomsPerAddress"] = "0",
            ["Chat:History:Durability"] = "normal",
            ["Chat:Admin:Password"] = AdminPassword,
        };
        // To run all tests over the other of the two transports of plain TCP.
        if (Environment.GetEnvironmentVariable("CHAT_TEST_TCP") is { Length: > 0 } transport) all["Chat:Transport:Tcp"] = transport;
        foreach (var (key, value) in settings) all[key] = value;
        var test = new TestDaemon(all, log, time ?? TimeProvider.System);
        if (Environment.GetEnvironmentVariable("CHAT_TEST_DATABASE") is { Length: > 0 } database && !all.ContainsKey("Chat:Database"))
            all["Chat:Database"] = await PostgresServer.NewSchemaAsync(database);
        all.TryAdd("Chat:Data:Folder", Path.Combine(test.Folder, "data"));
        all.TryAdd("Chat:Plugins:Folders:0", Path.Combine(test.Folder, "Plugins"));
        try
        {
            await test.StartAgainAsync();
            return test;
        }
        catch
        {
            await test.StopAsync();
            test.folder.Delete(recursive: true);
            throw;
        }
    }

    public async Task StartAgainAsync()
    {
        options = OptionsSource.Of([.. settings.Select(s => (s.Key, s.Value))]);
        if (options.Current.Tls.Certificate.Length > 0)
            certificate = new TlsCertificate(options, SettingTexts.English, time, log.CreateLogger<TlsCertificate>());
        daemon = await ChatDaemon.StartAsync(options, log, time, certificate, OperatorTerminal.None, CancellationToken.None);
    }

    /// <summary>A part of the running daemon, for state that no client can see.</summary>
    internal T Get<T>() where T : notnull => Running.Services.GetRequiredService<T>();

    /// <summary>Stops it like SIGTERM.</summary>
    public async Task StopAsync()
    {
        if (daemon is not null) await daemon.DisposeAsync();
        certificate?.Dispose();
        options?.Dispose();
        (daemon, certificate, options) = (null, null, null);
    }

    /// <summary>Completes when a command has stopped the daemon.</summary>
    public Task EndedAsync() => Running.WaitForEndAsync(CancellationToken.None);

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    public Task IndexAsync() => Get<IMessageSearch>().ForgetAsync(CancellationToken.None).WaitAsync(TestClient.DefaultDeadline);

    public Task<TestClient> ConnectAsync(
        string name = "client", int? receiveBuffer = null) => TestClient.ConnectAsync(Port, name, receiveBuffer: receiveBuffer);

    public Task<TestClient> ConnectAsync(string name, TestTransport transport, int? receiveBuffer = null) =>
        TestClient.ConnectAsync(transport, PortOf(transport.Scheme), name, receiveBuffer: receiveBuffer);

    /// <summary>A guest in the rooms, with the <c>joined</c> frames already taken.</summary>
    public async Task<TestClient> GuestAsync(string user, params string[] rooms)
    {
        var client = await ConnectAsync(user);
        await client.LoginAsync(new Protocol.ClientFrame.Login(user, Rooms: rooms));
        return client;
    }

    /// <exception cref="ExpectationException">The daemon logged a bug. Not detected if the test passed its own log.</exception>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Delete(recursive: true);
        if (bugs.Bugs.Count > 0) throw new ExpectationException($"the daemon logged bugs:\n{string.Join('\n', bugs.Bugs)}");
    }

    private int PortOf(string scheme) => Running.Endpoints.First(e => e.Scheme == scheme).Address.Port;
}
