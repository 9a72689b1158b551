using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.CommandLine.Inspect;

/// <summary>What was found in a plugin's place, in lines for a terminal.</summary>
internal sealed class InspectionReport(InspectTexts texts)
{
    /// <summary>Of one kind, and of one line: what stands there may have been written to flood a terminal.</summary>
    private const int MostRows = 200, LongestLine = 600;

    /// <summary>Safe to print.</summary>
    public IEnumerable<string> Lines(InspectionResult found)
    {
        yield return Line(found.Source.Path);
        var parts = Parts(found).ToList();
        var width = parts.Max(part => part.Label.Length);
        foreach (var (label, rows) in parts)
            foreach (var (index, row) in Cut(rows).Index())
                yield return Line($"  {(index == 0 ? label : "").PadRight(width)}  {row}");
    }

    private IEnumerable<(string Label, IEnumerable<string> Rows)> Parts(InspectionResult found)
    {
        if (found.Manifest is { } manifest)
        {
            yield return ("id", [manifest.Id]);
            yield return (texts.Version, [manifest.Version]);
            yield return (texts.Contract, [texts.Level(manifest.ContractLevel)]);
            yield return (texts.Commands, manifest.Commands.OrderBy(c => c.Name, StringComparer.Ordinal).Select(Say).Append(texts.MoreCommands));
            yield return (texts.AsksFor, manifest.Capabilities.Select(c => $"{c}: {texts.May(c)}").DefaultIfEmpty(texts.None));
            yield return (texts.Hooks, manifest.Hooks.OrderBy(h => h.Kind).Select(Say).Append(texts.MoreHooks));
        }
        if (found.Staged is { } copy) yield return ("SHA-256", AllowList.HashesOf(copy).Select(file => $"{file.Hash}  {file.File}"));
        if (found.Candidate?.Remark is { } remark) yield return (texts.Remark, [remark.In(texts.Language)]);
        yield return found.Refusal is { } refusal ? (texts.Refused, [refusal.Reason.In(texts.Language)]) : (texts.Taken, [texts.TakenHow]);
    }

    private string Say(ManifestCommand command) =>
        texts.Command(string.Join(' ', command.Aliases.Prepend(command.Name).Select(name => $"/{name}")), command.Permission, command.DefaultRole.ToLowerInvariant());

    private string Say(ManifestHook hook) => hook.Kind switch
    {
        ManifestHookKind.Filter => texts.Filter(hook.Class),
        ManifestHookKind.Handler => texts.Handler(hook.Class, hook.Event ?? "?"),
        _ => texts.Handover(hook.Class),
    };

    private IEnumerable<string> Cut(IEnumerable<string> rows)
    {
        var all = rows.ToList();
        return all.Count <= MostRows ? all : all.Take(MostRows).Append(texts.AndMore(all.Count - MostRows));
    }

    private static string Line(string text) => Printable.Escape(text.Length <= LongestLine ? text : $"{text[..LongestLine]}…");
}
