using Chat.Protocol;

namespace Chat.Daemon.Hooks;

/// <summary>The filters of one moment in their order, at least one. Immutable.</summary>
internal sealed class FilterChain(PluginFilter[] filters)
{
    /// <summary>Whether their plugins have switched all of them off.</summary>
    public bool IsDisabled => Array.TrueForAll(filters, static f => f.IsDisabled);

    /// <param name="newest">Gives the current chain. If a filter's plugin has been replaced meanwhile, the new version's filter
    /// judges.</param>
    /// <exception cref="OperationCanceledException">The sender's connection has ended.</exception>
    public async ValueTask<FilterOutcome> RunAsync(Draft draft, Func<FilterChain?> newest, CancellationToken aborted)
    {
        foreach (var listed in filters)
        {
            if (listed.IsDisabled) continue;
            if (Lease(listed, newest) is not { } leased) continue; // its plugin is gone
            switch (await leased.Filter.JudgeAsync(draft, leased.Lease, aborted))
            {
                case null:
                    return new FilterOutcome.Refused(new Refusal(RefusalCode.Unavailable));
                case FilterVerdict.Replaced { Text: var text }:
                    draft = draft with { Text = text };
                    break;
                case FilterVerdict.Dropped:
                    return new FilterOutcome.Dropped();
                case FilterVerdict.Rejected rejected:
                    return new FilterOutcome.Refused(RefusalOf(rejected));
            }
        }
        return new FilterOutcome.Passed(draft.Text);
    }

    private static (PluginFilter Filter, PluginLease Lease)? Lease(PluginFilter filter, Func<FilterChain?> newest)
    {
        for (var next = filter; next is not null;)
        {
            if (next.Owner.TryLease() is { } lease) return (next, lease);
            var drained = next;
            next = newest()?.Find(drained.Owner.Id, drained.Name);
            if (next == drained) return null;
        }
        return null;
    }

    private PluginFilter? Find(string plugin, string name) => Array.Find(filters, f => f.Owner.Id == plugin && f.Name == name);

    private static Refusal RefusalOf(FilterVerdict.Rejected rejected)
    {
        var wait = rejected.RetryAfter is { } after && after > TimeSpan.Zero ? after : (TimeSpan?)null;
        var isShown = !TextRules.HasForbiddenControl(rejected.Reason) && TextRules.CodeFor(rejected.Reason) is null;
        return new(wait is null ? RefusalCode.Rejected : RefusalCode.RateLimited, null, wait, isShown ? rejected.Reason : null);
    }
}
