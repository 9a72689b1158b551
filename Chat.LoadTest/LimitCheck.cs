using System.Net.Sockets;
using System.Security.Authentication;
using Chat.Client.Programs;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Wire;
using Chat.Protocol;

namespace Chat.LoadTest;

/// <summary>Compares the limits in the daemon's <c>hello</c> with what the run needs.</summary>
internal static class LimitCheck
{
    /// <exception cref="LoadException">A limit is too low, or no daemon answers.</exception>
    public static async Task ThrowIfTooLowAsync(
        DaemonAddress daemon, LoadOptions options, LoadTexts texts, CancellationToken cancellation)
    {
        var limits = await ReadLimitsAsync(daemon, options, texts, cancellation);
        if (TooLow(limits, options) is { Count: > 0 } settings)
            throw new LoadException(ExitStatus.WrongUsage, texts.LimitsTooLow($"{daemon}", string.Join(", ", settings)));
        if (options.Scenarios.Max(scenario => scenario.Payload) is var payload && payload > limits.Text)
            throw new LoadException(ExitStatus.WrongUsage, texts.OutOfRange("--payload", $"{payload}", 1, limits.Text));
    }

    /// <summary>The settings that are too low, each with its value and the least that the run needs.</summary>
    internal static IReadOnlyList<string> TooLow(HelloLimits limits, LoadOptions options)
    {
        List<string> settings = [];
        var logins = options.Scenarios.Sum(LoginsPerMinute);
        if (limits.ConnectionsPerAddress > 0 && options.Users > limits.ConnectionsPerAddress)
            settings.Add($"Chat:Limits:ConnectionsPerAddress ({limits.ConnectionsPerAddress} < {options.Users})");
        if (limits.LoginsPerMinute > 0 && logins > limits.LoginsPerMinute)
            settings.Add(FormattableString.Invariant($"Chat:Limits:LoginsPerMinute ({limits.LoginsPerMinute} < {logins})"));
        if (limits.MessagesPerSecond > 0 && TooSlow(limits, options) is { } rate) settings.Add($"Chat:Limits:MessagesPerSecond ({rate})");
        return settings;
    }

    /// <summary>What is too low: the rate of a connection, or that of all connections of an address. Null if neither is.</summary>
    private static string? TooSlow(HelloLimits limits, LoadOptions options)
    {
        var writers = options.Scenarios.Where(scenario => ScenarioCatalogue.Create(scenario).Writes).ToList();
        if (writers.Any(scenario => scenario.Window > 0)) return $"{limits.MessagesPerSecond}, --rate 0";
        var fastest = writers.Select(scenario => scenario.PeakRate).DefaultIfEmpty().Max();
        if (fastest > limits.MessagesPerSecond) return FormattableString.Invariant($"{limits.MessagesPerSecond} < {fastest}");
        if (limits.ConnectionsPerAddress == 0) return null;
        var all = writers.Sum(scenario => ScenarioCatalogue.Create(scenario).Actors * scenario.PeakRate);
        var ofAddress = limits.MessagesPerSecond * Math.Max(1, limits.ConnectionsPerAddress / 10);
        return all > ofAddress ? FormattableString.Invariant($"{ofAddress} from an address < {all}") : null;
    }

    private static double LoginsPerMinute(ScenarioSettings settings)
    {
        var scenario = ScenarioCatalogue.Create(settings);
        return scenario.EntersFirst ? scenario.Settings.Users : Math.Ceiling(scenario.Actors * settings.PeakRate * 60);
    }

    private static async Task<HelloLimits> ReadLimitsAsync(
        DaemonAddress daemon, LoadOptions options, LoadTexts texts, CancellationToken cancellation)
    {
        try
        {
            return (await Greeting.ReadAsync(daemon, options.Tls, WireProtocol.Of(options.Protocol), cancellation)).Limits;
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            throw new LoadException(ExitStatus.NoDaemon, texts.CannotConnect($"{daemon}", e.Message));
        }
        catch (OperationCanceledException)
        {
            throw new LoadException(ExitStatus.Failed, texts.StoppedBeforeStart);
        }
    }
}
