using Chat.Protocol;

namespace Chat.Daemon.Hooks;

/// <summary>What all filters together make of a draft.</summary>
internal abstract record FilterOutcome
{
    private FilterOutcome()
    {
    }

    /// <param name="Text">Perhaps replaced.</param>
    public sealed record Passed(string Text) : FilterOutcome;

    public sealed record Dropped : FilterOutcome;

    /// <param name="Reason">For the sender; null where the filter gave none that can be shown.</param>
    public sealed record Refused(string Code, string? Reason = null, TimeSpan? RetryAfter = null) : FilterOutcome;
}

/// <summary>The filters in force, in their order. Immutable; there is none where there are no filters.</summary>
/// <param name="filters">Not empty.</param>
internal sealed class FilterChain(PluginFilter[] filters)
{
    /// <summary>Whether none of them has anything to look at.</summary>
    public bool IsResting => Array.TrueForAll(filters, static f => f.IsResting);

    /// <param name="newest">The chain in force when it is called: a filter whose plugin has been replaced meanwhile judges in its newer form.</param>
    /// <exception cref="OperationCanceledException">The sender is gone.</exception>
    public async ValueTask<FilterOutcome> RunAsync(Draft draft, Func<FilterChain?> newest, CancellationToken aborted)
    {
        foreach (var listed in filters)
        {
            if (listed.IsResting) continue;
            if (Hold(listed, newest) is not { } held) continue; // its plugin is gone, and so is what it asked for
            switch (await held.Filter.JudgeAsync(draft, held.Lease, aborted))
            {
                case null:
                    return new FilterOutcome.Refused(RefusalCode.Unavailable);
                case FilterVerdict.Replaced { Text: var text }:
                    draft = draft with { Text = text };
                    break;
                case FilterVerdict.Dropped:
                    return new FilterOutcome.Dropped();
                case FilterVerdict.Rejected rejected:
                    return Refused(rejected);
            }
        }
        return new FilterOutcome.Passed(draft.Text);
    }

    private static (PluginFilter Filter, IHookLease Lease)? Hold(PluginFilter filter, Func<FilterChain?> newest)
    {
        for (var next = filter; next is not null;)
        {
            if (next.Owner.TryHold() is { } lease) return (next, lease);
            var drained = next;
            next = newest()?.Find(drained.Owner.Id, drained.Name);
            if (next == drained) return null;
        }
        return null;
    }

    private PluginFilter? Find(string plugin, string name) => Array.Find(filters, f => f.Owner.Id == plugin && f.Name == name);

    private static FilterOutcome.Refused Refused(FilterVerdict.Rejected rejected)
    {
        var wait = rejected.RetryAfter is { } after && after > TimeSpan.Zero ? after : (TimeSpan?)null;
        var isShown = !TextRules.HasForbiddenControl(rejected.Reason) && TextRules.CodeFor(rejected.Reason) is null;
        return new(wait is null ? RefusalCode.Rejected : RefusalCode.RateLimited, isShown ? rejected.Reason : null, wait);
    }
}
