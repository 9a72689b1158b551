namespace Chat.Plugins.Tests.Shipped;

/// <summary>A daemon that has measured once.</summary>
internal sealed class RecordingDiagnostics : IDiagnostics
{
    public TimeSpan SampleInterval => TimeSpan.FromSeconds(5);

    public IReadOnlyList<SettingSummary> Settings => [new("Chat:Language", "en", "default")];

    public IReadOnlyList<LoadSample> SamplesAfter(long number) =>
    [
        new(7, DateTimeOffset.UnixEpoch)
        {
            Connections = 3,
            Sessions = 2,
            Messages = 1.25,
            Deliveries = 40,
            Commit = new(TimeSpan.FromMilliseconds(1.5), TimeSpan.FromMilliseconds(20)),
            OutboxBytes = 2048,
            Cores = 0.25,
            Memory = 100L << 20,
            DiskFree = 5L << 30,
        },
    ];

    public ValueTask<IReadOnlyList<NodeSummary>> ListNodesAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NodeSummary>>(
        [
            new("alfa", "1.2.3", DateTimeOffset.UnixEpoch, new(12, 3, 8, 0.25)), new("beta", "1.2.3", DateTimeOffset.UnixEpoch, null),
        ]);

    public ValueTask<IReadOnlyList<UserSummary>> FindUsersAsync(string text, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<UserSummary>>([new(new("a1", "ana", Role.Admin), 2), new(new("a2", "bia", Role.Member), 0)]);
}
