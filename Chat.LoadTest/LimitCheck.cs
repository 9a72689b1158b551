using Chat.Client;
using Chat.Client.Programs;
using Chat.LoadTest.CommandLine;
using Chat.Protocol;

namespace Chat.LoadTest;

/// <summary>Whether the daemon would let so many users of one address write so much: its <c>hello</c> says it.</summary>
internal static class LimitCheck
{
    /// <exception cref="LoadException">A limit is lower, or there is no daemon.</exception>
    public static async Task ThrowIfInTheWayAsync(DaemonAddress daemon, LoadOptions options, LoadTexts texts, CancellationToken cancellation)
    {
        var limits = await HelloAsync(daemon, options, texts, cancellation);
        if (InTheWay(limits, options) is { Count: > 0 } settings)
            throw new LoadException(ExitStatus.WrongUsage, texts.LimitsInTheWay($"{daemon}", string.Join(", ", settings)));
        if (options.Payload > limits.Text)
            throw new LoadException(ExitStatus.WrongUsage, texts.OutOfRange("--payload", $"{options.Payload}", 1, limits.Text));
    }

    /// <summary>The settings, each with the value that it has and the least that it would take.</summary>
    internal static IReadOnlyList<string> InTheWay(HelloLimits limits, LoadOptions options)
    {
        List<string> settings = [];
        if (limits.ConnectionsPerAddress > 0 && options.Users > limits.ConnectionsPerAddress)
            settings.Add($"Chat:Limits:ConnectionsPerAddress ({limits.ConnectionsPerAddress} < {options.Users})");
        if (limits.LoginsPerMinute > 0 && options.Users > limits.LoginsPerMinute)
            settings.Add($"Chat:Limits:LoginsPerMinute ({limits.LoginsPerMinute} < {options.Users})");
        if (limits.MessagesPerSecond > 0 && (options.Rate == 0 || options.Rate > limits.MessagesPerSecond))
            settings.Add(options.Rate == 0 ? $"Chat:Limits:MessagesPerSecond ({limits.MessagesPerSecond}, --rate 0)" : FormattableString.Invariant($"Chat:Limits:MessagesPerSecond ({limits.MessagesPerSecond} < {options.Rate})"));
        return settings;
    }

    private static async Task<HelloLimits> HelloAsync(DaemonAddress daemon, LoadOptions options, LoadTexts texts, CancellationToken cancellation)
    {
        await using var client = new ChatClient(new ChatClientOptions
        {
            Host = daemon.Host,
            Port = daemon.Port,
            Tls = options.Tls,
            CertificateCheck = options.Ca is { } file ? CertificateTrust.FromFile(file) : null,
            Program = "chat-load",
        });
        try
        {
            return (await client.ConnectAsync(cancellation)).Limits;
        }
        catch (ChatConnectionException e)
        {
            throw new LoadException(ExitStatus.NoDaemon, texts.CannotConnect($"{daemon}", e.Message));
        }
        catch (OperationCanceledException)
        {
            throw new LoadException(ExitStatus.Failed, texts.StoppedBeforeBegin);
        }
    }
}
