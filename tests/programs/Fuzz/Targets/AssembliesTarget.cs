using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Fuzz.Mutation;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>A DLL in a drop folder: inspected without running it, and refused in a printable sentence unless it is a plugin.</summary>
internal sealed class AssembliesTarget : IFuzzTarget
{
    private readonly string folder = Path.Combine(Scratch.Folder, $"plugin-{Guid.NewGuid():N}");
    private readonly PluginInspector inspector;
    private readonly StagingFolder staging;
    private readonly PluginSource source;

    public AssembliesTarget()
    {
        staging = new(Path.Combine(folder, "staged"));
        inspector = new(staging);
        source = new("Dropped", Path.Combine(folder, "Dropped.dll"), null, PluginOrigin.Dropped);
        Directory.CreateDirectory(folder);
    }

    public string Name => "assemblies";

    public IEnumerable<byte[]> Seeds => [.. new[] { "Greeter", "Filters", "WordsOne" }.Select(Fixture), "MZ"u8.ToArray()];

    public IReadOnlyList<string> Tokens { get; } =
    [
        "ChatPluginAttribute", "DeclaredCommandAttribute", "IChatPlugin", "IMessageFilter", "IEventHandler`1", "Chat.Abstractions", ".ctor",
        "BSJB",
    ];

    /// <summary>Without those that move most of the file, which then is no assembly at all.</summary>
    public IReadOnlyList<MutationStep> Mutations { get; } = [.. ByteMutations.InPlace, .. ByteMutations.InPlace, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        File.WriteAllBytes(source.Assembly, input);
        var result = inspector.Inspect(source);
        ThrowUnless(result.Candidate is null != result.Refusal is null, "A file is a candidate or refused");
        ThrowUnless(IsPrintable(result.Id), "An id is printable");
        foreach (var language in new[] { "en", "pt-BR" })
        {
            ThrowUnless(result.Refusal is null || IsPrintable(result.Refusal.Reason.In(language)), "A refusal is a printable sentence");
            ThrowUnless(result.Candidate?.Remark is not { } remark || IsPrintable(remark.In(language)), "A remark is printable");
        }
        if (result.Manifest is { } manifest) Check(manifest);
        staging.Prune(new HashSet<string>());
    }

    private static void Check(PluginManifest manifest)
    {
        ThrowUnless(IsPrintable(manifest.Version) && manifest.Entries.All(IsPrintable), "A manifest is printable");
        ThrowUnless(
            manifest.Commands.All(c => c.Aliases.Append(c.Name).Append(c.Permission).Append(c.DefaultRole).All(IsPrintable)),
            "The commands of a manifest are printable");
        ThrowUnless(manifest.Hooks.All(h => IsPrintable(h.Class) && IsPrintable(h.Event ?? "")), "The hooks of a manifest are printable");
    }

    private static bool IsPrintable(string text) => Printable.Escape(text) == text;

    private static byte[] Fixture(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", name, name + ".dll"));
}
