namespace Chat.Client;

/// <summary>
/// A time in which nothing is sent, so that no message overtakes a refused one. Guarded by the lock of <see cref="Outbound"/>.
/// </summary>
/// <param name="over">Called under the lock when the pause is over.</param>
internal sealed class SendPause(Lock gate, TimeProvider time, Action over, CancellationToken closing)
{
    private (long Since, TimeSpan For)? current;

    public bool IsOn => current is not null;

    /// <summary>Begins it, or begins it anew.</summary>
    public void Begin(TimeSpan length)
    {
        var isOn = IsOn;
        current = (time.GetTimestamp(), length);
        if (!isOn) _ = EndAsync(length);
    }

    public void Cancel() => current = null;

    private async Task EndAsync(TimeSpan left)
    {
        while (left > TimeSpan.Zero && !closing.IsCancellationRequested)
        {
            await Task.Delay(left, time, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (gate)
            {
                if (current is not { } now) return;
                left = now.For - time.GetElapsedTime(now.Since);
                if (left > TimeSpan.Zero) continue;
                current = null;
                over();
            }
        }
    }
}
