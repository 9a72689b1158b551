using System.Reflection;
using System.Text.RegularExpressions;
using Chat.Daemon.CommandLine;
using Chat.Daemon.Configuration;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Tests.Configuration;

[TestClass]
public sealed partial class TextsTests
{
    [TestMethod]
    [DataRow(typeof(SettingTexts))]
    [DataRow(typeof(ProgramTexts))]
    [DataRow(typeof(StorageTexts))]
    public void EveryTextExistsInBothLanguagesAndForEachMember(Type type)
    {
        var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo or MethodInfo { IsSpecialName: false }).ToList();
        var names = members.Select(member => member.Name).Order(StringComparer.Ordinal).ToList();
        foreach (var language in Texts.Languages)
        {
            var texts = (Texts)Activator.CreateInstance(type, language)!;
            CollectionAssert.AreEqual(names, texts.Keys.Order(StringComparer.Ordinal).ToList(), language);
            foreach (var member in members)
                Check(texts, member);
        }
    }

    [TestMethod]
    [DataRow("pt-BR", "pt-BR")]
    [DataRow("pt-PT", "pt-BR")]
    [DataRow("en-US", "en")]
    [DataRow("de-DE", "en")]
    [DataRow("", "en")]
    public void TheLocaleChoosesTheLanguage(string culture, string language) =>
        Assert.AreEqual(language, Texts.LanguageOf(System.Globalization.CultureInfo.GetCultureInfo(culture)));

    /// <summary>Each parameter is used, and no hole is left.</summary>
    private static void Check(Texts texts, MemberInfo member)
    {
        var method = member as MethodInfo ?? ((PropertyInfo)member).GetMethod!;
        var arguments = method.GetParameters().Select(parameter => parameter.ParameterType == typeof(int)
            || parameter.ParameterType == typeof(long) ? 17 + parameter.Position : (object)new Marker(parameter.Position)).ToArray();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (method.GetParameters()[i].ParameterType == typeof(string))
                arguments[i] = arguments[i].ToString()!;
            else if (method.GetParameters()[i].ParameterType == typeof(System.Net.IPEndPoint))
                arguments[i] = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, i + 1);
        }
        var text = (string)method.Invoke(texts, arguments)!;
        Assert.IsFalse(Hole().IsMatch(text), $"{texts.Language} {member.Name}: {text}");
        foreach (var argument in arguments)
            StringAssert.Contains(text, argument.ToString(), $"{texts.Language} {member.Name}");
    }

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Hole();

    private sealed record Marker(int Position)
    {
        public override string ToString() => $"<<{Position}>>";
    }
}
