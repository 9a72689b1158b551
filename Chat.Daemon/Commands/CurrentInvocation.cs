namespace Chat.Daemon.Commands;

/// <summary>
/// Tells capabilities that belong to no caller whether a command's method calls them, also through a service that the plugin shares between
/// invocations. Work that the method leaves behind is not part of the invocation once it has ended.
/// </summary>
internal sealed class CurrentInvocation : IDisposable
{
    private static readonly AsyncLocal<CurrentInvocation?> Current = new();

    private volatile object? origin;

    private CurrentInvocation(object? origin) => this.origin = origin;

    /// <summary>The origin of the <see cref="CommandCall"/>; null outside of invocations.</summary>
    public static object? Origin => Current.Value?.origin;

    public static CurrentInvocation Begin(object? origin) => Current.Value = new(origin);

    public void Dispose() => origin = null;
}
