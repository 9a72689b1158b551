namespace Chat;

/// <summary>How the daemon calls a filter. Without this attribute: order 0, 250 ms, fail-open.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FilterAttribute : Attribute
{
    /// <summary>Lower values run first; equal values in the order of the plugins' ids.</summary>
    public int Order { get; set; }

    /// <summary>At most 5,000.</summary>
    public int DeadlineMilliseconds { get; set; } = 250;

    /// <summary>
    /// If the filter throws or misses its deadline: true refuses the message with <c>unavailable</c>, false lets it through.
    /// </summary>
    public bool FailClosed { get; set; }
}
