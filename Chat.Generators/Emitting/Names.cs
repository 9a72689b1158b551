using System.Text;
using Chat.Generators.Declared;
using Chat.Generators.Reading;

namespace Chat.Generators.Emitting;

/// <summary>The names in generated code.</summary>
internal static class Names
{
    private const int LongestId = 64;

    private const string Injection = "global::Microsoft.Extensions.DependencyInjection";

    /// <summary>The generated class for a class with commands.</summary>
    public static string ClassOf(string type) => "Commands_" + Flat(type);

    /// <summary>The generated field for a parameter type.</summary>
    public static string FieldOf(string type) => "Type_" + Flat(type);

    public static string Resolved(string type) => $"{Injection}.ServiceProviderServiceExtensions.GetRequiredService<{type}>(scope)";

    /// <summary>Registers the type, unless the author has done so.</summary>
    public static string Registration(string type) =>
        $"{Injection}.Extensions.ServiceCollectionDescriptorExtensions.TryAddScoped<{type}>(plugin.Services);";

    /// <summary>An expression for a parameter type.</summary>
    public static string Of(DeclaredType type) =>
        IsOwn(type) ? $"global::Chat.Generated.ParameterTypes.{FieldOf(type.Name)}" : $"global::Chat.ParameterType.{type.Form}";

    public static bool IsOwn(DeclaredType type) => type.Form is TypeForm.Choice or TypeForm.Parsable;

    public static string Of(DeclaredText text) =>
        (text.ByLanguage is { Count: > 0 } all && all[0].Key.Length == 0
            ? $"((global::Chat.LocalizedText){Code.Text(all[0].Value)})"
            : "global::Chat.LocalizedText.None")
        + string.Concat(text.ByLanguage.Where(t => t.Key.Length > 0).Select(t => $".With({Code.Text(t.Key)}, {Code.Text(t.Value)})"));

    public static string Of(DeclaredName name) =>
        $"new({Code.Text(name.Name)}{(name.Language is { } language ? ", " + Code.Text(language) : "")})";

    public static string Array(string type, IEnumerable<string> elements) => $"new {type}[] {{ {string.Join(", ", elements)} }}";

    public static string Array(IEnumerable<DeclaredName> names) => Array("global::Chat.LocalizedName", names.Select(Of));

    /// <summary>A valid plugin id for the assembly.</summary>
    public static string IdOf(string assembly)
    {
        var id = new string(
            [.. assembly.ToLowerInvariant().Select(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.' ? c : '-')])
            .TrimStart('-', '_', '.');
        return id.Length == 0 ? "plugin" : id.Length > LongestId ? id.Substring(0, LongestId) : id;
    }

    /// <summary>
    /// Turns a full name into a unique identifier: an underscore stands for a dot, or starts an escape if a digit follows. No part of a
    /// name starts with a digit.
    /// </summary>
    private static string Flat(string type)
    {
        var text = new StringBuilder();
        foreach (var c in type.Replace("global::", "").Replace("@", ""))
            text.Append(c is '.' ? "_" : char.IsLetterOrDigit(c) ? c.ToString() : $"_{(int)c}_");
        return text.ToString();
    }
}
