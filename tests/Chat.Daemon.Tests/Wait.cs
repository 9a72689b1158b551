using System.Runtime.CompilerServices;

namespace Chat.Daemon.Tests;

/// <summary>Waits with a limit, so that a test fails instead of hanging.</summary>
internal static class Wait
{
    /// <summary>Far longer than any wait takes, even on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Repeats the step until the condition holds.</summary>
    /// <exception cref="TimeoutException">The condition did not hold within <see cref="Limit"/>.</exception>
    public static Task UntilAsync(
        Func<bool> condition, Func<Task> step, [CallerArgumentExpression(nameof(condition))] string? shown = null) =>
        UntilAsync(() => Task.FromResult(condition()), step, shown);

    /// <inheritdoc cref="UntilAsync(Func{bool}, Func{Task}, string)"/>
    public static async Task UntilAsync(
        Func<Task<bool>> condition, Func<Task> step, [CallerArgumentExpression(nameof(condition))] string? shown = null)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition().WaitAsync(Limit))
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"Not true after {Limit.TotalSeconds} s: {shown}");
            await step().WaitAsync(Limit);
        }
    }
}
