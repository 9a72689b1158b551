namespace Chat.Commands.Tests;

/// <summary>A scoped service that counts how many scopes have used it and how many have ended.</summary>
internal sealed class ScopeProbe(ScopeProbe.Count count) : IAsyncDisposable
{
    internal sealed class Count
    {
        public int Made, Disposed;
    }

    public ScopeProbe Open()
    {
        Interlocked.Increment(ref count.Made);
        return this;
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref count.Disposed);
        return ValueTask.CompletedTask;
    }
}
