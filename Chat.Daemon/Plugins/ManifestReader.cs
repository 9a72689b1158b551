using System.Reflection;
using System.Reflection.Metadata;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Plugins;

/// <summary>Reads the manifest from an assembly's metadata; nothing of the assembly runs.</summary>
internal static class ManifestReader
{
    private const int LongestVersion = 64;

    /// <summary>What the compiler makes of attributed methods; it calls the author's own entry itself.</summary>
    private const string GeneratedEntry = "Chat.Generated.PluginEntry";

    /// <exception cref="PluginRefusedException">It is no plugin.</exception>
    public static PluginManifest Read(MetadataReader metadata)
    {
        if (!metadata.IsAssembly) throw new PluginRefusedException("It is a module, not an assembly.");
        var assembly = metadata.GetAssemblyDefinition();
        var declared = assembly.GetCustomAttributes().Select(metadata.GetCustomAttribute).Where(a => Is(metadata, a, nameof(ChatPluginAttribute))).ToList();
        if (declared.Count == 0) throw new PluginRefusedException("It is no plugin: it lacks [assembly: ChatPlugin(Id = \"…\")].");
        var (level, named) = ValuesOf(declared[0]);
        var version = named.GetValueOrDefault(nameof(ChatPluginAttribute.Version)) ?? assembly.Version.ToString(3);
        return new(named.GetValueOrDefault(nameof(ChatPluginAttribute.Id)) ?? "", Shown(version), level, Entries([.. EntriesOf(metadata)])) { Commands = [.. CommandsOf(metadata, assembly)] };
    }

    private static string[] Entries(string[] entries) => entries.Contains(GeneratedEntry) ? [GeneratedEntry] : entries;

    private static (int Level, Dictionary<string, string?> Named) ValuesOf(CustomAttribute attribute)
    {
        try
        {
            var values = attribute.DecodeValue(AttributeTypes.Instance);
            return ((int)values.FixedArguments[0].Value!, values.NamedArguments.ToDictionary(n => n.Name!, n => n.Value as string));
        }
        catch (Exception failure) when (failure is BadImageFormatException or NotSupportedException or InvalidCastException or ArgumentException)
        {
            throw new PluginRefusedException("Its ChatPlugin attribute can't be read: it was compiled against another contract.", cause: failure);
        }
    }

    /// <summary>What the compiler wrote down of attributed commands: a name, and its aliases.</summary>
    private static IEnumerable<string> CommandsOf(MetadataReader metadata, AssemblyDefinition assembly)
    {
        foreach (var attribute in assembly.GetCustomAttributes().Select(metadata.GetCustomAttribute).Where(a => Is(metadata, a, nameof(DeclaredCommandAttribute))))
        {
            var values = attribute.DecodeValue(AttributeTypes.Instance);
            yield return (string)values.FixedArguments[0].Value!;
            var aliases = values.NamedArguments.FirstOrDefault(n => n.Name == nameof(DeclaredCommandAttribute.Aliases)).Value as string ?? "";
            foreach (var alias in aliases.Split(',', StringSplitOptions.RemoveEmptyEntries)) yield return alias;
        }
    }

    private static bool Is(MetadataReader metadata, CustomAttribute attribute, string name) =>
        attribute.Constructor.Kind is HandleKind.MemberReference
        && IsContract(metadata, metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent, name);

    private static bool IsContract(MetadataReader metadata, EntityHandle handle, string name)
    {
        if (handle.Kind is not HandleKind.TypeReference) return false;
        var type = metadata.GetTypeReference((TypeReferenceHandle)handle);
        return metadata.StringComparer.Equals(type.Name, name) && metadata.StringComparer.Equals(type.Namespace, nameof(Chat))
            && type.ResolutionScope.Kind is HandleKind.AssemblyReference
            && metadata.StringComparer.Equals(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name, ContractAssemblies.Contract);
    }

    private static IEnumerable<string> EntriesOf(MetadataReader metadata) =>
        from handle in metadata.TypeDefinitions
        let type = metadata.GetTypeDefinition(handle)
        where (type.Attributes & (TypeAttributes.VisibilityMask | TypeAttributes.Abstract | TypeAttributes.Interface)) == TypeAttributes.Public
        where type.GetGenericParameters().Count == 0 && Implements(metadata, type) && HasPlainConstructor(metadata, type)
        select Printable.Escape(NameOf(metadata, type));

    private static bool Implements(MetadataReader metadata, TypeDefinition type)
    {
        for (var steps = 0; steps < 64; steps++) // damaged metadata could hold a circle
        {
            if (type.GetInterfaceImplementations().Any(i => IsContract(metadata, metadata.GetInterfaceImplementation(i).Interface, nameof(IChatPlugin)))) return true;
            if (type.BaseType.Kind is not HandleKind.TypeDefinition || type.BaseType.IsNil) return false;
            type = metadata.GetTypeDefinition((TypeDefinitionHandle)type.BaseType);
        }
        return false;
    }

    private static bool HasPlainConstructor(MetadataReader metadata, TypeDefinition type) =>
        type.GetMethods().Select(metadata.GetMethodDefinition).Any(method =>
            method.Attributes.HasFlag(MethodAttributes.Public) && metadata.StringComparer.Equals(method.Name, ".ctor") && ParametersOf(metadata, method) == 0);

    private static int ParametersOf(MetadataReader metadata, MethodDefinition method)
    {
        var signature = metadata.GetBlobReader(method.Signature);
        signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger();
    }

    private static string NameOf(MetadataReader metadata, TypeDefinition type) =>
        type.Namespace.IsNil ? metadata.GetString(type.Name) : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    private static string Shown(string version) => Printable.Escape(version.Length > LongestVersion ? version[..LongestVersion] : version);

    /// <summary>Types by their names: the attribute has numbers and strings only, and what a later one has is not looked at.</summary>
    private sealed class AttributeTypes : ICustomAttributeTypeProvider<string>
    {
        public static readonly AttributeTypes Instance = new();

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();
        public string GetSystemType() => nameof(Type);
        public string GetSZArrayType(string elementType) => elementType + "[]";
        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "";
        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => "";
        public string GetTypeFromSerializedName(string name) => name;
        public PrimitiveTypeCode GetUnderlyingEnumType(string type) => throw new NotSupportedException($"Of what the enum {type} is, is not known here.");
        public bool IsSystemType(string type) => type == nameof(Type);
    }
}
