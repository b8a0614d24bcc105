namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>Words that speak of personal data, in the product's languages.</summary>
internal static class ContextWords
{
    private static readonly (Context Context, string Words)[] Contexts =
    [
        (Context.Birth, "born birth birthday birthdate dob geboren geburtsdatum geburtstag geb né née naissance nacido nacida nacimiento nato nata nascita nascido nascida nascimento geboortedatum geboorte urodzony urodzona urodzenia född syntynyt syntymäaika født narozen narodený rođen doğum рождения родился родилась народження"),
        (Context.Phone, "phone call called telephone tel mobile cell fax telefon telefonnummer handy handynummer anrufen rufnummer erreichbar mobil téléphone portable appeler appelez teléfono móvil celular llamar telefono cellulare chiamare telefone telemóvel ligar bel telefoon mobiel zadzwoń komórka puhelin telefonní číslo telefon ring whatsapp sms телефон тел"),
        (Context.Card, "card visa mastercard amex credit debit karte kreditkarte carte tarjeta carta cartão kaart creditcard karta kort"),
        (Context.Account, "account iban konto kontonummer compte cuenta conto conta rekening rekeningnummer bank rachunek bankkonto"),
        (Context.Id, "id ssn social security nino nhs identity identification national ausweis personalausweis sozialversicherung sozialversicherungsnummer versicherungsnummer nir sécurité dni nie cédula codice fiscale pesel bsn burgerservicenummer rijksregisternummer personnummer henkilötunnus hetu ahv avs cpf sin aadhaar curp rodné číslo cnp oib"),
        (Context.Tax, "tax tin itin steuer steuernummer steuerid identifikationsnummer fiscal nif vat tfn pan nip contribuinte"),
        (Context.Passport, "passport reisepass pass passeport pasaporte passaporto passaporte paspoort paszport passnummer"),
        (Context.Licence, "licence license driving driver driver's führerschein führerscheinnummer permis permiso patente rijbewijs prawo"),
        (Context.Name, "name named names dear hello hi hey hallo liebe lieber geehrte geehrter regards sincerely gruß grüße cordialement cher chère bonjour hola estimado estimada caro cara gentile beste geachte contact customer patient employee caller client kunde kundin patientin mitarbeiter nachname vorname kontakt nom prénom nombre apellido cognome nome naam achternaam klant imię nazwisko signed with"),
        (Context.Password, "password passwort kennwort pwd passwd pin contraseña wachtwoord hasło lösenord salasana senha secret token passphrase"),
        (Context.Place, "in from at near lives living moved born aus nach wohnt wohnhaft bei à habite en vive de reside abita mora te uit woont mieszka w"),
        (Context.Geo, "lat lon lng latitude longitude gps coordinates position koordinaten coordonnées coordenadas"),
        (Context.Online, "ip ipv4 ipv6 address mac client host login device"),
        (Context.Version, "version v release build ver versione versión"),
        (Context.Customer, "customer member patient kundennummer mitgliedsnummer client"),
        (Context.Vehicle, "plate registration kennzeichen vin fahrgestellnummer immatriculation matrícula targa kenteken vehicle car chassis"),
    ];

    private static readonly (WordKinds Kinds, string Words)[] Kinds =
    [
        (WordKinds.Salutation, "mr mrs ms miss mister dr prof sir madam herr herrn frau monsieur madame mme mlle señor señora señorita sr sra srta don doña signor signora sig senhor senhora pan pani dhr mevr mevrouw meneer fru bay bayan господин госпожа"),
        (WordKinds.StreetEnd, "street st road rd avenue ave lane ln drive dr court ct boulevard blvd way place pl square sq terrace close crescent parkway pkwy highway hwy gardens grove mews row"),
        (WordKinds.StreetStart, "rue avenue av boulevard bd place chemin allée impasse quai route via viale piazza corso largo vicolo calle avenida avda paseo plaza carrer camino rua travessa praça estrada ulica ul aleja al strada str bulevardul улица ул проспект пр вулиця jalan jl οδός"),
        (WordKinds.Particle, "de la le les du des del della di da do dos das van von der den zu zur el los y e ter ten af bin ibn d l"),
        (WordKinds.Month, "january february march april may june july august september october november december januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre jan feb mar apr jun jul aug sep sept oct nov dec dez"),
        (WordKinds.Common, "mac os windows linux android safari chrome firefox opera edge group company records studio band orchestra quartet trio ensemble will mark rose may april june grace hope faith joy summer autumn frank art bill rich grant chase hunter price green brown white black gray grey young king long day street lane banks wood stone field marsh parks best good love hill lake rivers bush page case cash cook baker miller carpenter mason taylor bishop knight ford cross little small short strong sharp bright moon sun star north south east west spring winter fall rain snow storm frost gold silver steel glass bell ball bond bird fish fox wolf bear lamb bull crane swan martin robin dale glen cliff heath brook ferry bridges church chapel abbey temple castle hall house manor park garden orchard flowers berry cherry apple lemon olive ivy daisy lily violet iris jasmine amber ruby pearl crystal melody harmony destiny trinity angel heaven christian pope abbot monk deacon prince duke earl major sergeant general marshall judge clerk porter butler chef farmer shepherd gardener fisher archer potter weaver tanner cooper turner sawyer smithy wheeler driver rider walker runner skipper sailor pilot guy buddy guest friend team admin test user customer order invoice product service support account system server data the and for you your our this that with please thank thanks see not new old all any was has had are can could should would must to of is it on at by an as be or if so we he she they i am pm ok yes no do did get got set let put run say ask use try need want make made take took give gave come came go went know knew think thought said case drew pat don dean gene jack ray sandy sue van wade tony max maximum min art dash chance bliss buck miles penny rusty sky sunny terry wing lang klein groß kurz jung alt neu schwarz weiß braun grün roth stein berg bach wald feld baum blum vogel fuchs kaiser könig richter bauer fischer schneider weber koch engel sommer winter herbst montag freitag sonntag ernst rechnung bestellung lieferung kunde artikel produkt auftrag anfrage vielen dank mit und der die das ein eine ist nicht auf von zu im am petit grand blanc noir rouge vert rose pierre marine leroy roi marchand boucher mercier fournier facture commande client bonjour merci blanco rojo verde moreno bueno delgado flores campos montes ríos luna sol cruz santos reyes rey guerra paz iglesias torres castillo puente factura pedido bianco costa fontana monti villa villas colombo serra leone conte marino grasso bruno rosa viola fattura ordine grazie dear hello hi hey hallo liebe lieber regards sincerely"),
    ];

    /// <summary>Each word with what it is and what it speaks of.</summary>
    public static IEnumerable<(string Word, WordKinds Kinds, int Contexts)> All =>
        Contexts.SelectMany(group => group.Words.Split(' ').Select(word => (word, WordKinds.None, 1 << (int)group.Context)))
            .Concat(Kinds.SelectMany(group => group.Words.Split(' ').Select(word => (word, group.Kinds, 0))));
}
