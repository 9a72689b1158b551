using System.Diagnostics.CodeAnalysis;

namespace Chat.Daemon.Hooks;

/// <summary>
/// A generation of a plugin as the callers of its commands and hooks see it. Each call holds a lease; the generation stops once none is
/// held. Safe from any thread.
/// </summary>
/// <param name="id">The plugin's id.</param>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "A call that outlives the generation may still use the token; the source holds nothing else.")]
internal sealed class PluginOwner(string id, IServiceProvider container, TimeProvider time)
{
    /// <summary>
    /// Of the small calls beside its commands. They should take no time; if they all hang, they hold few threads.
    /// </summary>
    private const int MostSideCalls = 8;

    private readonly Lock gate = new(); // guards the three below; nothing is called under it
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int held;
    private bool drains;
    private readonly CancellationTokenSource stopping = new();
    private volatile IServiceProvider? container = container;

    public string Id => id;

    public GenerationTally Tally { get; } = new();

    /// <summary>For its parameter types.</summary>
    public CallLimit Conversions { get; } = new(MostSideCalls);

    /// <summary>For its sources of suggestions.</summary>
    public CallLimit Suggestions { get; } = new(MostSideCalls);

    /// <summary>Leases that are held now.</summary>
    public int Held => Volatile.Read(ref held);

    /// <summary>Cancelled when the generation waits no longer for calls that still run.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <exception cref="ObjectDisposedException">The generation has stopped.</exception>
    public IServiceProvider Container => container ?? throw new ObjectDisposedException(id);

    /// <summary>Null once the generation drains. Never waits.</summary>
    public PluginLease? TryLease()
    {
        lock (gate)
        {
            if (drains) return null;
            held++;
            return new PluginLease(this);
        }
    }

    /// <summary>Gives no more leases, waits for those that are held, cancels their calls and waits again.</summary>
    /// <param name="patience">Before the cancellation.</param>
    /// <param name="grace">After it.</param>
    /// <param name="hurry">Ends the patience, not the grace.</param>
    /// <returns>Leases that are still held.</returns>
    public async Task<int> DrainAsync(TimeSpan patience, TimeSpan grace, CancellationToken hurry)
    {
        lock (gate)
        {
            drains = true;
            if (held == 0) drained.TrySetResult();
        }
        await WaitAsync(patience, hurry);
        if (drained.Task.IsCompleted) return 0;
        await stopping.CancelAsync();
        await WaitAsync(grace, CancellationToken.None);
        return Held;
    }

    /// <summary>Lets go of the plugin's code: a caller that still knows this owner does not keep the plugin loaded.</summary>
    public void ReleaseContainer() => container = null;

    internal void Return()
    {
        lock (gate)
            if (--held == 0 && drains) drained.TrySetResult();
    }

    private async Task WaitAsync(TimeSpan limit, CancellationToken hurry) =>
        await drained.Task.WaitAsync(limit, time, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
