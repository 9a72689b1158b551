using System.Text;
using Chat.Generators.Declared;
using Chat.Generators.Reading;

namespace Chat.Generators.Emitting;

/// <summary>What generated code calls things.</summary>
internal static class Names
{
    private const int LongestId = 64;

    private const string Injection = "global::Microsoft.Extensions.DependencyInjection";

    /// <summary>The generated class that brings a class's commands.</summary>
    public static string ClassOf(string type) => "Commands_" + Flat(type);

    /// <summary>The generated field that holds a type of parameters.</summary>
    public static string FieldOf(string type) => "Type_" + Flat(type);

    public static string Taken(string type) => $"{Injection}.ServiceProviderServiceExtensions.GetRequiredService<{type}>(scope)";

    /// <summary>Unless the author has registered it in another way.</summary>
    public static string Registered(string type) => $"{Injection}.Extensions.ServiceCollectionDescriptorExtensions.TryAddScoped<{type}>(plugin.Services);";

    /// <summary>The expression of a parameter's type.</summary>
    public static string Of(DeclaredType type) => IsOwn(type) ? $"global::Chat.Generated.ParameterTypes.{FieldOf(type.Name)}" : $"global::Chat.ParameterType.{type.Form}";

    public static bool IsOwn(DeclaredType type) => type.Form is TypeForm.Choice or TypeForm.Parsable;

    public static string Of(DeclaredText text) =>
        (text.ByLanguage is { Count: > 0 } all && all[0].Key.Length == 0 ? $"((global::Chat.LocalizedText){Code.Text(all[0].Value)})" : "global::Chat.LocalizedText.None")
        + string.Concat(text.ByLanguage.Where(t => t.Key.Length > 0).Select(t => $".With({Code.Text(t.Key)}, {Code.Text(t.Value)})"));

    public static string Of(DeclaredName name) => $"new({Code.Text(name.Name)}{(name.Language is { } language ? ", " + Code.Text(language) : "")})";

    public static string Array(string type, IEnumerable<string> elements) => $"new {type}[] {{ {string.Join(", ", elements)} }}";

    public static string Array(IEnumerable<DeclaredName> names) => Array("global::Chat.LocalizedName", names.Select(Of));

    /// <summary>What the daemon takes as a plugin's id.</summary>
    public static string IdOf(string assembly)
    {
        var id = new string([.. assembly.ToLowerInvariant().Select(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.' ? c : '-')]).TrimStart('-', '_', '.');
        return id.Length == 0 ? "plugin" : id.Length > LongestId ? id.Substring(0, LongestId) : id;
    }

    /// <summary>One word of a full name, another for each: as no name begins with a digit, an underscore before one begins an escape, and any other stands for a dot.</summary>
    private static string Flat(string type)
    {
        var text = new StringBuilder();
        foreach (var c in type.Replace("global::", "").Replace("@", "")) text.Append(c is '.' ? "_" : char.IsLetterOrDigit(c) ? c.ToString() : $"_{(int)c}_");
        return text.ToString();
    }
}
