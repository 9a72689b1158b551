using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.CommandLine.Inspect;

/// <summary>Formats the result of an inspection for a terminal.</summary>
internal sealed class InspectionReport(InspectTexts texts)
{
    /// <summary>Rows of one kind and characters of one line: a plugin could be made to flood the terminal.</summary>
    private const int MaxRows = 200, MaxLineLength = 600;

    /// <summary>Safe to print.</summary>
    public IEnumerable<string> Lines(InspectionResult found)
    {
        yield return Line(found.Source.Path);
        var parts = Parts(found).ToList();
        var width = parts.Max(part => part.Label.Length);
        foreach (var (label, rows) in parts)
        {
            foreach (var (index, row) in Cut(rows).Index())
                yield return Line($"  {(index == 0 ? label : "").PadRight(width)}  {row}");
        }
    }

    private IEnumerable<(string Label, IEnumerable<string> Rows)> Parts(InspectionResult found)
    {
        if (found.Manifest is { } manifest)
        {
            yield return ("id", [manifest.Id]);
            yield return (texts.Version, [manifest.Version]);
            yield return (texts.Contract, [texts.Level(manifest.ContractLevel)]);
            var commands = manifest.Commands.OrderBy(c => c.Name, StringComparer.Ordinal).Select(Say);
            yield return (texts.Commands, commands.Append(texts.MoreCommands));
            yield return (texts.AsksFor, manifest.Capabilities.Select(c => $"{c}: {texts.May(c)}").DefaultIfEmpty(texts.None));
            var hooks = manifest.Hooks.OrderBy(h => h.Kind).Select(Say).Concat(manifest.Routes.Select(Say));
            yield return (texts.Hooks, hooks.Append(texts.MoreHooks));
        }
        if (found.Staged is { } copy) yield return ("SHA-256", AllowList.HashesOf(copy).Select(file => $"{file.Hash}  {file.File}"));
        if (found.Candidate?.Remark is { } remark) yield return (texts.Remark, [remark.In(texts.Language)]);
        yield return found.Refusal is { } refusal
            ? (texts.Refused, [refusal.Reason.In(texts.Language)])
            : (texts.Taken, [texts.TakenHow]);
    }

    private string Say(ManifestCommand command) =>
        texts.Command(
            string.Join(' ', command.Aliases.Prepend(command.Name).Select(name => $"/{name}")),
            command.Permission, command.DefaultRole.ToLowerInvariant());

    private string Say(ManifestRoute route) => route.DefaultRole == nameof(Role.Guest)
        ? texts.OpenRoute(route.Route, route.Permission)
        : texts.Route(route.Route, route.Permission, route.DefaultRole.ToLowerInvariant());

    private string Say(ManifestHook hook) => hook.Kind switch
    {
        ManifestHookKind.Filter => texts.Filter(hook.Class),
        ManifestHookKind.Handler => texts.Handler(hook.Class, hook.Event ?? "?"),
        ManifestHookKind.HostedService => texts.HostedService(hook.Class),
        ManifestHookKind.Job => texts.Job(hook.Class),
        _ => texts.Handover(hook.Class),
    };

    private IEnumerable<string> Cut(IEnumerable<string> rows)
    {
        var all = rows.ToList();
        return all.Count <= MaxRows ? all : all.Take(MaxRows).Append(texts.AndMore(all.Count - MaxRows));
    }

    private static string Line(string text) => Printable.Escape(text.Length <= MaxLineLength ? text : $"{text[..MaxLineLength]}…");
}
