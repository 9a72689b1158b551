using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IDiagnostics"/>
internal sealed class DiagnosticsCapability(
    LoadSamples samples, OptionsSource options, UserDirectory userDirectory, NodeList nodes) : IDiagnostics
{
    private const int Most = 500;

    public TimeSpan SampleInterval => LoadSamples.Interval;

    public IReadOnlyList<SettingSummary> Settings =>
        [.. options.Values.Select(value => new SettingSummary(value.Key, Printable.Escape(value.Shown), Printable.Escape(value.Source)))];

    public IReadOnlyList<LoadSample> SamplesAfter(long number) => samples.After(number);

    public ValueTask<IReadOnlyList<NodeSummary>> ListNodesAsync(CancellationToken cancellation) => nodes.ListAsync(cancellation);

    public async ValueTask<IReadOnlyList<UserSummary>> FindUsersAsync(string text, int limit, CancellationToken cancellation)
    {
        var found = await userDirectory.SearchAsync(text, Math.Clamp(limit, 0, Most), cancellation);
        return [.. found.Select(one => new UserSummary(one.User.ToUser(), one.Connections))];
    }
}
