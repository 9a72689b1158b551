using System.Reflection;
using System.Reflection.Metadata;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>Reads what an assembly declares to the daemon, and asks of it. What it registers by hand while it starts, no metadata tells.</summary>
internal static class DeclarationReader
{
    public static IEnumerable<ManifestCommand> Commands(ContractMetadata contract) =>
        from attribute in contract.Attributes(nameof(DeclaredCommandAttribute))
        let name = Shown(attribute.First.Value as string ?? "")
        let aliases = Value(attribute.Named, nameof(DeclaredCommandAttribute.Aliases))?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? []
        select new ManifestCommand(
            name, aliases, CatalogueEntry.PermissionOf(name, Value(attribute.Named, nameof(DeclaredCommandAttribute.Permission))),
            Value(attribute.Named, nameof(DeclaredCommandAttribute.DefaultRole)) ?? nameof(Role.Guest));

    public static IEnumerable<ManifestHook> Hooks(MetadataReader metadata, ContractMetadata contract) =>
        from handle in metadata.TypeDefinitions
        let type = metadata.GetTypeDefinition(handle)
        where (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Interface)) == 0
        from hook in contract.InterfacesOf(type).Distinct()
        let kind = KindOf(hook.Name)
        where kind is not null
        select new ManifestHook(kind.Value, Shown(metadata.GetString(type.Name)), hook.Argument is null ? null : Shown(hook.Argument));

    public static IEnumerable<Capability> Capabilities(ContractMetadata contract)
    {
        var references = contract.References.ToHashSet();
        return Capability.All.Where(capability => references.Contains(capability.Contract.Name));
    }

    private static ManifestHookKind? KindOf(string contract) =>
        contract == nameof(IMessageFilter) ? ManifestHookKind.Filter
        : contract == typeof(IEventHandler<>).Name ? ManifestHookKind.Handler
        : contract == nameof(IHandover) ? ManifestHookKind.Handover
        : null;

    private static string? Value(IReadOnlyDictionary<string, string> named, string name) => named.GetValueOrDefault(name) is { Length: > 0 } value ? Shown(value) : null;

    private static string Shown(string text) => Printable.Escape(text);
}
